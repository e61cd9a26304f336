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

/** One JSON line of the log as a line for people. */
export const textOf = (line: string): string => {
  const parsed: Record<string, unknown> = JSON.parse(line);
  const { level, time, msg, ...fields } = parsed;
  const words = Object.entries(fields).map(([name, value]) => `${name}=${wordOf(value)}`);
  const text = [String(time), String(level).padEnd(5), String(msg), ...words].join(' ');
  return `${text.replaceAll(controls, ' ')}\n`;
};

const inText = (destination: DestinationStream): DestinationStream => ({
  write: (line) => destination.write(textOf(line)),
});

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
): Log => {
  const logger = pino(
    {
      level: logLevel,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    logFormat === 'text' ? inText(destination) : destination,
  );
  return {
    debug: (message, fields = {}) => logger.debug(fields, message),
    info: (message, fields = {}) => logger.info(fields, message),
    warn: (message, fields = {}) => logger.warn(fields, message),
    error: (message, fields = {}) => logger.error(fields, message),
  };
};
