import { pino, type DestinationStream } from 'pino';
import type { Settings } from './settings.ts';

/** What is said beside a message; never a token, the text of a query, or an address of a person. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

/** Where a service says what it does: one line each, for people or for machines. */
export interface Log {
  readonly debug: (message: string, fields?: LogFields) => void;
  readonly info: (message: string, fields?: LogFields) => void;
  readonly warn: (message: string, fields?: LogFields) => void;
  readonly error: (message: string, fields?: LogFields) => void;
}

/** Lines that wait for a reader of standard error; beyond them lines are lost, and the service goes on. */
const waitingBytesMax = 4 * 1024 * 1024;

// oxlint-disable-next-line no-control-regex -- control characters are what this finds
const controls = /[\u0000-\u001F\u007F-\u009F]+/g;

const wordOf = (value: unknown): string => {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return /[\s"=]/.test(text) || text === '' ? JSON.stringify(text) : text;
};

/** A message as a line for people. Pino has such lines only by way of JSON that is parsed again. */
export const textOf = (level: string, time: string, message: string, fields: LogFields): string => {
  const words = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${wordOf(value)}`);
  const text = [time, level.padEnd(5), message, ...words].join(' ');
  return `${text.replaceAll(controls, ' ')}\n`;
};

/** From the least to what silences all. */
const levels: readonly Settings['logLevel'][] = ['debug', 'info', 'warn', 'error', 'silent'];

const logOf = (write: (level: keyof Log) => Log['info']): Log => ({
  debug: write('debug'),
  info: write('info'),
  warn: write('warn'),
  error: write('error'),
});

const textLog = (least: Settings['logLevel'], destination: DestinationStream): Log =>
  logOf((level) => {
    if (levels.indexOf(level) < levels.indexOf(least)) return () => undefined;
    return (message, fields = {}) => {
      destination.write(textOf(level, new Date().toISOString(), message, fields));
    };
  });

const jsonLog = (least: Settings['logLevel'], destination: DestinationStream): Log => {
  const logger = pino(
    {
      level: least,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return logOf(
    (level) =>
      (message, fields = {}) =>
        logger[level](fields, message),
  );
};

/**
 * A log on standard error. It never makes the service wait: a line is handed over, and written by the
 * time the process ends.
 *
 * @param destination where lines go instead, in tests
 */
export const createLog = (
  { logLevel, logFormat }: Pick<Settings, 'logLevel' | 'logFormat'>,
  destination: DestinationStream = pino.destination({
    fd: 2,
    sync: false,
    maxLength: waitingBytesMax,
  }),
): Log => (logFormat === 'text' ? textLog(logLevel, destination) : jsonLog(logLevel, destination));
