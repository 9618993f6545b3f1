import 'reflect-metadata';
import { hostname } from 'node:os';
import { applyDecorators } from '@nestjs/common';
import { type Stage, STAGES } from '@aika/contracts';
import { plainToInstance, Transform, type TransformFnParams } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsIP, IsString, Matches, Max, Min, validateSync } from 'class-validator';

/** A whole number within bounds, read from text. One message for every way to get it wrong. */
export function IntegerSetting(min: number, max: number): PropertyDecorator {
  const message = `expected a whole number from ${min} to ${max}`;
  return applyDecorators(
    IsInt({ message }),
    Min(min, { message }),
    Max(max, { message }),
    Transform(toNumber),
  );
}

const MASTER_KEY = /^([A-Za-z0-9+/]{43}=)?$/;

const SECRET = Symbol('secret-setting');

/** The value of such a setting is not shown when it is wrong. */
export function SecretSetting(): PropertyDecorator {
  return (target, field) => Reflect.defineMetadata(SECRET, true, target, field);
}

/** Settings of every agent process. Names in the environment: `AIKA_` and the field in SCREAMING_SNAKE. */
export class AgentSettings {
  /** `KAFKA_BROKERS`: host:port, comma separated. */
  @IsArray()
  @Matches(/^[^\s:,]+:\d{1,5}$/, { each: true, message: 'expected host:port[,host:port…]' })
  @Transform(splitList)
  brokers: string[] = ['127.0.0.1:19092', '127.0.0.1:19093', '127.0.0.1:19094'];

  /** `AIKA_NAMESPACE`: first part of every topic and group name. */
  @Matches(/^[a-z][a-z0-9-]{0,40}$/, { message: 'expected lower-case letters, digits and dashes' })
  namespace = 'aika';

  /**
   * `AIKA_STAGE_TOPICS`: stages whose events have a topic of their own, comma separated. The same in every program
   * of an installation: who does not know of a topic does not read it.
   */
  @IsArray()
  @IsIn(STAGES, { each: true, message: `expected some of ${STAGES.join(', ')}` })
  @Transform(splitList)
  stageTopics: Stage[] = [];

  /** `AIKA_HTTP_PORT`: health endpoints; 0 takes a free port. */
  @IntegerSetting(0, 65_535)
  httpPort = 0;

  /** `AIKA_HTTP_ADDRESS`: the address to listen at; all of the machine's unless given. */
  @IsIP(undefined, { message: 'expected an IP address, such as 127.0.0.1' })
  httpAddress = '0.0.0.0';

  /** `AIKA_INSTANCE_ID`: names this process among the agent's instances, stable over restarts. */
  @Matches(/^[A-Za-z0-9._-]{1,100}$/, { message: 'expected letters, digits, dots and dashes' })
  instanceId = '';

  /** `AIKA_SESSION_TIMEOUT_MS`: a silent process loses its partitions after this. */
  @IntegerSetting(1000, 300_000)
  sessionTimeoutMs = 10_000;

  /** `AIKA_MEMBERSHIP`: whether partitions wait for an instance that has ended, for the length of a session. */
  @IsIn(['dynamic', 'static'], { message: 'expected one of dynamic, static' })
  membership: 'dynamic' | 'static' = 'dynamic';

  /** `AIKA_TRANSACTION_TIMEOUT_MS`: a commit without an answer is asked for until then; at least the session timeout. */
  @IntegerSetting(1000, 900_000)
  transactionTimeoutMs = 60_000;

  /** `AIKA_BATCH_SIZE`: records in one transaction at most. */
  @IntegerSetting(1, 5000)
  batchSize = 2000;

  /** `AIKA_COMMIT_INTERVAL_MS`: least time from one commit to the next while there is no backlog; 0 = none. */
  @IntegerSetting(0, 5000)
  commitIntervalMs = 0;

  /** `AIKA_COMPRESSION`: of batches of 8 KiB and more, on the way to the brokers. */
  @IsIn(['none', 'gzip', 'zstd'], { message: 'expected one of none, gzip, zstd' })
  compression: 'none' | 'gzip' | 'zstd' = 'zstd';

  /** `AIKA_LINGER_MS`: how long a message sent outside a handler waits for others to travel with. */
  @IntegerSetting(0, 5000)
  lingerMs = 0;

  /** `AIKA_MAX_BATCH_BYTES`: one partition's records in one batch, before compression. */
  @IntegerSetting(1000, 1_000_000)
  maxBatchBytes = 1_000_000;

  /** `AIKA_FETCH_MAX_BYTES`: one answer of a broker, over all its partitions. */
  @IntegerSetting(1_048_576, 268_435_456)
  fetchMaxBytes = 8 * 1_048_576;

  /** `AIKA_FETCH_MAX_BYTES_PER_PARTITION`. */
  @IntegerSetting(65_536, 67_108_864)
  fetchMaxBytesPerPartition = 1_048_576;

  /** `AIKA_FETCH_WAIT_MS`: how long a broker holds back an answer without records. */
  @IntegerSetting(1, 5000)
  fetchWaitMs = 250;

  /** `AIKA_MAX_BUFFERED_BYTES`: fetched and not yet handled; fetching pauses above it. */
  @IntegerSetting(1_048_576, 2_147_483_647)
  maxBufferedBytes = 32 * 1_048_576;

  /** `AIKA_STATE_DIR`: folder of the local copies of state; none = state is in memory only. */
  @IsString()
  stateDir = '';

  /** `AIKA_STATE_MAX_AGE_MS`: an older copy is built anew; less than the state topic keeps tombstones (a day). */
  @IntegerSetting(3_600_000, 2_147_483_647)
  stateMaxAgeMs = 20 * 3_600_000;

  /** `AIKA_PERSONAL_DATA`: `on` = personal fields are sealed under a key of their customer. The same in every program. */
  @IsIn(['on', 'off'], { message: 'expected one of on, off' })
  personalData: 'on' | 'off' = 'off';

  /** `AIKA_KEY_STORE`: where the customers' keys are kept, `file:<folder>` or `postgres://…`. */
  @SecretSetting()
  @Matches(/^(file:.+|postgres(ql)?:\/\/.+)?$/, { message: 'expected file:<folder> or postgres://…' })
  keyStore = '';

  /** `AIKA_MASTER_KEY`: what customers' keys are wrapped with, 32 bytes in base64. */
  @SecretSetting()
  @Matches(MASTER_KEY, { message: 'expected 32 bytes in base64' })
  masterKey = '';

  /** `AIKA_PREVIOUS_MASTER_KEY`: the one before, until every key is wrapped anew. */
  @SecretSetting()
  @Matches(MASTER_KEY, { message: 'expected 32 bytes in base64' })
  previousMasterKey = '';

  /** `AIKA_LOG_LEVEL`. */
  @IsIn(['debug', 'info', 'warn', 'error'])
  logLevel: 'debug' | 'info' | 'warn' | 'error' = 'info';

  /** `AIKA_LOG_FORMAT`: `json` a line, or `text` for people. */
  @IsIn(['json', 'text'])
  @IsString()
  logFormat: 'json' | 'text' = 'json';
}

/** One or more settings are wrong; the message lists every one with what was expected. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'INVALID_SETTINGS';

  constructor(readonly faults: readonly string[]) {
    super(`Settings are wrong:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
  }
}

/**
 * Reads settings from the environment. A field `fooBar` is read from `AIKA_FOO_BAR` (`brokers` from
 * `KAFKA_BROKERS`, `databaseUrl` from `DATABASE_URL`); fields that a subclass adds are read alike.
 *
 * @throws SettingsError that lists every wrong key
 */
export function loadSettings<S extends AgentSettings>(
  settings: new () => S,
  env: Readonly<Record<string, string | undefined>>,
  defaults: Partial<S> = {},
): S {
  const fields = Object.keys(new settings());
  const given = fields.flatMap((field) => {
    const text = env[variableOf(field)];
    return text === undefined || text === '' ? [] : [[field, text] as const];
  });
  const values = plainToInstance(settings, { ...defaults, ...Object.fromEntries(given) });
  if (values.instanceId === '') values.instanceId = `${hostname()}-${values.httpPort}`;
  const foundOf = (field: string): string => {
    const text = env[variableOf(field)] ?? '';
    const isHidden = text !== '' && Reflect.hasMetadata(SECRET, settings.prototype as object, field);
    return isHidden ? 'something else (not shown: it is a secret)' : `"${text}"`;
  };
  const faults = validateSync(values, { stopAtFirstError: true }).flatMap((fault) =>
    Object.values(fault.constraints ?? {}).map(
      (rule) =>
        `${variableOf(fault.property)}: ${rule.replace(`${fault.property} `, '')}, found ${foundOf(fault.property)}`,
    ),
  );
  if (values.transactionTimeoutMs < values.sessionTimeoutMs) {
    faults.push(
      `AIKA_TRANSACTION_TIMEOUT_MS: must be at least AIKA_SESSION_TIMEOUT_MS (${values.sessionTimeoutMs}), found "${values.transactionTimeoutMs}"`,
    );
  }
  faults.push(...personalDataFaults(values));
  if (faults.length > 0) throw new SettingsError(faults);
  return values;
}

/** What is missing to keep personal data sealed. */
function personalDataFaults({ personalData, keyStore, masterKey }: AgentSettings): readonly string[] {
  if (personalData !== 'on') return [];
  const missing = (name: string) => `${name}: needed with AIKA_PERSONAL_DATA=on, found nothing`;
  return [
    ...(keyStore === '' ? [missing('AIKA_KEY_STORE')] : []),
    ...(masterKey === '' ? [missing('AIKA_MASTER_KEY')] : []),
  ];
}

const HIDDEN = '(secret)';
/** A name that says that the value is a secret, should nobody have marked it. */
const SECRET_NAME = /secret|password|token|private|(?:^|_)KEY(?:$|_)/i;
const CREDENTIALS_IN_ADDRESS = /:\/\/[^/@]*@/;

/** Every setting by its variable, as text, without secrets: for the audit trail. */
export function settingsWithoutSecrets(settings: AgentSettings): Readonly<Record<string, string>> {
  const fields = Object.entries(settings as unknown as Record<string, unknown>);
  return Object.fromEntries(
    fields.map(([field, value]) => {
      const name = variableOf(field);
      const text = Array.isArray(value) ? value.join(',') : String(value);
      const isMarked = Reflect.hasMetadata(SECRET, Object.getPrototypeOf(settings) as object, field);
      const isSecret = isMarked || SECRET_NAME.test(name) || CREDENTIALS_IN_ADDRESS.test(text);
      return [name, isSecret && text !== '' ? HIDDEN : text];
    }),
  );
}

/** Variables that other programs know too, under the name that they have there. */
const SHARED_VARIABLES: Readonly<Record<string, string>> = {
  brokers: 'KAFKA_BROKERS',
  databaseUrl: 'DATABASE_URL',
};

function variableOf(field: string): string {
  const shared = SHARED_VARIABLES[field];
  if (shared !== undefined) return shared;
  return `AIKA_${field.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

function toNumber({ value }: TransformFnParams): unknown {
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
}

function splitList({ value }: TransformFnParams): unknown {
  return typeof value === 'string' ? value.split(',').map((part) => part.trim()) : value;
}
