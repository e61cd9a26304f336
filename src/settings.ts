import { z } from 'zod';
import { IsnadError } from './errors.ts';

/**
 * Every setting: its name, environment variable, default, and what it does. Units are in the names.
 *
 * `docs/settings.md` lists the same table and a test holds the two together in both directions.
 */
const megabyte = 1024 * 1024;
const count = z.coerce.number().int().positive();

const definitions = {
  port: {
    env: 'ISNAD_PORT',
    schema: z.coerce.number().int().min(0).max(65_535).default(3030),
    help: 'TCP port the service listens on; 0 picks a free one.',
  },
  host: {
    env: 'ISNAD_HOST',
    schema: z.string().min(1).default('127.0.0.1'),
    help: 'Address the service listens on. Put a reverse proxy in front to publish it.',
  },
  dataDir: {
    env: 'ISNAD_DATA_DIR',
    schema: z.string().min(1).default('./.isnad'),
    help: 'Directory that holds the journal and everything derived from it.',
  },
  baseIri: {
    env: 'ISNAD_BASE_IRI',
    schema: z
      .url({ protocol: /^https?$/ })
      .refine((iri) => iri.endsWith('/'), 'must end with a slash')
      .default('http://localhost:3030/'),
    help: 'Base of the record IRIs this installation mints; fixed at the first commit.',
  },
  seed: {
    env: 'ISNAD_SEED',
    schema: z.enum(['default', 'none']).default('default'),
    help: 'Whether a new data directory is filled with the ontology and data/seed, or left empty.',
  },
  defaultGraph: {
    env: 'ISNAD_DEFAULT_GRAPH',
    schema: z.enum(['union', 'standard']).default('union'),
    help: 'Whether a query without FROM sees all public graphs, or only the default graph.',
  },
  queryTimeoutMs: {
    env: 'ISNAD_QUERY_TIMEOUT_MS',
    schema: count.default(10_000),
    help: 'Longest time one query may take, counted from its arrival.',
  },
  tokenQueryTimeoutMs: {
    env: 'ISNAD_TOKEN_QUERY_TIMEOUT_MS',
    schema: count.default(60_000),
    help: 'The same for who asks or writes with a token, and for the operator.',
  },
  resultBytesMax: {
    env: 'ISNAD_RESULT_BYTES_MAX',
    schema: count.default(64 * megabyte),
    help: 'Largest answer of a query; a larger one is an error, never cut short.',
  },
  requestBytesMax: {
    env: 'ISNAD_REQUEST_BYTES_MAX',
    schema: count.default(1 * megabyte),
    help: 'Largest request body the service reads.',
  },
  graphBytesMax: {
    env: 'ISNAD_GRAPH_BYTES_MAX',
    schema: count.default(32 * megabyte),
    help: 'Largest body the graph store reads, counted after unpacking.',
  },
  queryQueueMax: {
    env: 'ISNAD_QUERY_QUEUE_MAX',
    schema: count.default(200),
    help: 'Queries that may wait for an engine before further ones are turned away.',
  },
  lightBudgetMs: {
    env: 'ISNAD_LIGHT_BUDGET_MS',
    schema: count.default(100),
    help: 'How long a query may keep a light engine; after it, it goes on among the heavy ones.',
  },
  resultCacheBytes: {
    env: 'ISNAD_RESULT_CACHE_BYTES',
    schema: z.coerce
      .number()
      .int()
      .min(0)
      .default(64 * megabyte),
    help: 'Memory for answers that are given again until the next commit; 0 keeps none.',
  },
  engineReaders: {
    env: 'ISNAD_ENGINE_READERS',
    schema: z.coerce.number().int().min(1).max(16).default(1),
    help: 'Light queries answered at the same time, each by a replica of its own; one more for heavy queries and a spare come on top.',
  },
  engineMemoryMb: {
    env: 'ISNAD_ENGINE_MEMORY_MB',
    schema: z.union([z.literal('auto'), count.max(4096)]).default('auto'),
    help: 'Memory maximum of one engine replica; auto gives each its part of the machine’s memory.',
  },
  importBytesMax: {
    env: 'ISNAD_IMPORT_BYTES_MAX',
    schema: count.default(1024 * megabyte),
    help: 'Largest delivery, counted after unpacking.',
  },
  importFileBytesMax: {
    env: 'ISNAD_IMPORT_FILE_BYTES_MAX',
    schema: count.default(32 * megabyte),
    help: 'Largest single file of a delivery, counted after unpacking.',
  },
  importQuadsMax: {
    env: 'ISNAD_IMPORT_QUADS_MAX',
    schema: count.default(5_000_000),
    help: 'Most statements one import may make; a larger delivery is refused.',
  },
  logLevel: {
    env: 'ISNAD_LOG_LEVEL',
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    help: 'What the log on standard error says; info has a line for each request.',
  },
  logFormat: {
    env: 'ISNAD_LOG_FORMAT',
    schema: z.enum(['text', 'json']).default('text'),
    help: 'Whether a line of the log is text for people or a JSON object.',
  },
  connectionsMax: {
    env: 'ISNAD_CONNECTIONS_MAX',
    schema: count.max(65_535).default(800),
    help: 'Connections held at the same time; further ones are closed at once. Keep it well below the limit of open files.',
  },
  answerStallTimeoutMs: {
    env: 'ISNAD_ANSWER_STALL_TIMEOUT_MS',
    schema: count.default(30_000),
    help: 'How long a client may take no byte of its answer before the connection is cut.',
  },
  shutdownTimeoutMs: {
    env: 'ISNAD_SHUTDOWN_TIMEOUT_MS',
    schema: count.default(8_000),
    help: 'How long a stop waits for requests that are under way before it cuts them off.',
  },
  scrubIntervalHours: {
    env: 'ISNAD_SCRUB_INTERVAL_HOURS',
    schema: z.coerce.number().min(0).max(8_760).default(24),
    help: 'How often a served journal is verified again in the background; 0 never does.',
  },
} as const;

export type SettingName = keyof typeof definitions;

export type Settings = {
  readonly [Name in SettingName]: z.output<(typeof definitions)[Name]['schema']>;
};

export interface SettingDescription {
  readonly name: SettingName;
  readonly env: string;
  readonly default: string;
  readonly help: string;
}

/** Reads one setting, or throws `setting-invalid` naming the variable, the value and the reason. */
const readSetting = (name: SettingName, value: string | undefined): unknown => {
  const { env, schema } = definitions[name];
  const result = schema.safeParse(value === '' ? undefined : value);
  if (result.success) return result.data;
  const reason = result.error.issues.map((issue) => issue.message).join('; ');
  throw new IsnadError('setting-invalid', `${env} is "${value}": ${reason}.`);
};

/**
 * Reads all settings.
 *
 * @param environment variables such as `process.env`
 * @param overrides values from the command line, by setting name; they win over the environment
 * @throws IsnadError `setting-invalid`
 */
export const readSettings = (
  environment: Readonly<Record<string, string | undefined>>,
  overrides: Readonly<Partial<Record<SettingName, string | undefined>>> = {},
): Settings =>
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- its own schema read each value
  Object.fromEntries(
    settingNames.map((name) => [
      name,
      readSetting(name, overrides[name] ?? environment[definitions[name].env]),
    ]),
  ) as Settings;

const isSettingName = (name: string): name is SettingName => Object.hasOwn(definitions, name);
const settingNames = Object.keys(definitions).filter(isSettingName);

/** The table of settings, as shown in the docs and by `--help`. */
export const settingDescriptions = (): readonly SettingDescription[] =>
  settingNames.map((name) => ({
    name,
    env: definitions[name].env,
    default: String(definitions[name].schema.parse(undefined)),
    help: definitions[name].help,
  }));
