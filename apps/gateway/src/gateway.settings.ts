import { Transform } from 'class-transformer';
import { ArrayUnique, IsArray, IsIn, IsString, Matches, ValidateBy, ValidateIf } from 'class-validator';
import { AgentSettings, IntegerSetting, SecretSetting } from '@aika/messaging/nest';
import { readLocalKeys } from './identity/local-identity.js';

const DEFAULT_PORT = 3100;
const AUTH_MODES = ['off', 'local', 'jwt'] as const;
const ENVIRONMENTS = ['laptop', 'test', 'production'] as const;

/** In production nobody may come in unasked, and nobody with a key that lies in a folder. */
function SafeForEnvironment(): PropertyDecorator {
  return ValidateBy({
    name: 'safeForEnvironment',
    validator: {
      validate: (auth, args) =>
        auth === 'jwt' || (args?.object as GatewaySettings | undefined)?.environment !== 'production',
      defaultMessage: () => 'expected jwt, as AIKA_ENVIRONMENT is production',
    },
  });
}

/** Held when settings are read, so that a gateway without a key ends before it has connected to anything. */
function HoldsLocalKey(): PropertyDecorator {
  return ValidateBy({
    name: 'holdsLocalKey',
    validator: {
      validate: (dir) => typeof dir === 'string' && dir !== '' && readLocalKeys(dir) !== undefined,
      defaultMessage: () => 'expected a folder with the key that "aika login" makes',
    },
  });
}

/** Where the environment says nothing of `AIKA_ENVIRONMENT`, `NODE_ENV` does: forgotten in production is no login. */
export function gatewayDefaults(env: NodeJS.ProcessEnv): Partial<GatewaySettings> {
  return { httpPort: DEFAULT_PORT, environment: env['NODE_ENV'] === 'production' ? 'production' : 'laptop' };
}

/** Settings of the gateway beside those of every process. Names in the environment: `AIKA_` and the field. */
export class GatewaySettings extends AgentSettings {
  /** `DATABASE_URL`: PostgreSQL 15 or newer with the views, and idempotency keys in the schema `gateway`. */
  @IsString()
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: 'expected postgres://user@host:port/database' })
  @SecretSetting()
  databaseUrl = '';

  /**
   * `AIKA_AUTH`: how callers say who they are. `jwt`: tokens of an issuer; `local`: tokens of this machine's key;
   * `off`: nobody is asked, everybody may do everything. API keys count beside tokens.
   */
  @IsIn(AUTH_MODES, { message: `expected one of ${AUTH_MODES.join(', ')}` })
  @SafeForEnvironment()
  auth: (typeof AUTH_MODES)[number] = 'off';

  /** `AIKA_ENVIRONMENT`: `production` refuses what is for one machine only. Default: as `NODE_ENV` says. */
  @IsIn(ENVIRONMENTS, { message: `expected one of ${ENVIRONMENTS.join(', ')}` })
  environment: (typeof ENVIRONMENTS)[number] = 'laptop';

  /** `AIKA_AUTH_ISSUER`: `iss` of the tokens, to the letter. */
  @ValidateIf(({ auth }: GatewaySettings) => auth === 'jwt')
  @Matches(/^\S+$/, { message: 'expected the issuer of the tokens' })
  authIssuer = '';

  /** `AIKA_AUTH_AUDIENCE`: `aud` of the tokens has to name it. */
  @Matches(/^\S+$/, { message: 'expected a text without spaces' })
  authAudience = 'aika';

  /** `AIKA_AUTH_JWKS_URL`: the issuer's keys. HTTPS, unless they are on this machine. */
  @ValidateIf(({ auth }: GatewaySettings) => auth === 'jwt')
  @Matches(/^(https:\/\/\S+|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/\S*)$/, {
    message: "expected an https address of the issuer's keys",
  })
  authJwksUrl = '';

  /** `AIKA_AUTH_CLOCK_SKEW_MS`: by how much the issuer's clock may differ. */
  @IntegerSetting(0, 300_000)
  authClockSkewMs = 30_000;

  /** `AIKA_IDENTITY_DIR`: folder of this machine's key, for `local`. */
  @ValidateIf(({ auth }: GatewaySettings) => auth === 'local')
  @HoldsLocalKey()
  identityDir = '';

  /** `AIKA_RATE_LIMIT_PER_CALLER`: requests of one person or API key in a second. */
  @IntegerSetting(1, 1_000_000)
  rateLimitPerCaller = 1_000;

  /** `AIKA_RATE_LIMIT_PER_CUSTOMER`: requests in a second of all logins and keys that are of one customer. */
  @IntegerSetting(1, 1_000_000)
  rateLimitPerCustomer = 50;

  /** `AIKA_ACCESS_TRAIL_INTERVAL_MS`: logins and readings of personal data are sent to the audit trail together after it. */
  @IntegerSetting(10, 60_000)
  accessTrailIntervalMs = 1_000;

  /** `AIKA_OWNERSHIP_WAIT_MS`: a customer's command on what was just made waits so long for the views to know it. */
  @IntegerSetting(0, 60_000)
  ownershipWaitMs = 2_000;

  /** `AIKA_CORS_ORIGINS`: origins whose pages may call, comma separated; `*` for all. Default none. */
  @IsArray()
  @ArrayUnique()
  @Matches(/^(\*|https?:\/\/[^\s/,]+)$/, { each: true, message: 'expected * or http(s)://host[:port],…' })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? splitList(value) : value))
  corsOrigins: string[] = [];

  /** `AIKA_MAX_BODY_BYTES`: longest body of a request. */
  @IntegerSetting(1_000, 786_432)
  maxBodyBytes = 262_144;

  /** `AIKA_MAX_JSON_DEPTH`: how deep the objects and lists of a body may nest. */
  @IntegerSetting(4, 64)
  maxJsonDepth = 32;

  /** `AIKA_RATE_LIMIT`: requests of one client address in a second. */
  @IntegerSetting(1, 1_000_000)
  rateLimit = 2_000;

  /** `AIKA_TRUSTED_PROXIES`: how many proxies stand before the gateway and name the client's address. */
  @IntegerSetting(0, 10)
  trustedProxies = 0;

  /** `AIKA_MAX_PAGE_SIZE`: entries on a page at most. */
  @IntegerSetting(1, 1_000)
  maxPageSize = 200;

  /** `AIKA_REQUEST_TIMEOUT_MS`: an answer that takes longer is given up; streams are not bound by it. */
  @IntegerSetting(100, 120_000)
  requestTimeoutMs = 15_000;

  /** `AIKA_MAX_WAIT_MS`: the longest `Prefer: wait` that is honoured; less than the request timeout. */
  @IntegerSetting(0, 110_000)
  maxWaitMs = 10_000;

  /** `AIKA_SHUTDOWN_GRACE_MS`: requests that are still open then are cut off. */
  @IntegerSetting(0, 60_000)
  shutdownGraceMs = 10_000;

  /** `AIKA_HEARTBEAT_MS`: how often a stream without messages shows that it lives. */
  @IntegerSetting(10, 60_000)
  heartbeatMs = 15_000;

  /** `AIKA_MAX_STREAMS`: live streams at the same time. */
  @IntegerSetting(1, 10_000)
  maxStreams = 500;

  /** `AIKA_STREAM_BUFFER_BYTES`: a reader of a stream who is further behind than this is dropped. */
  @IntegerSetting(10_000, 67_108_864)
  streamBufferBytes = 1_048_576;
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}
