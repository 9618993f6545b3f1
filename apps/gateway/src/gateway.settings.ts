import { Transform } from 'class-transformer';
import { ArrayUnique, IsArray, IsString, Matches } from 'class-validator';
import { AgentSettings, IntegerSetting, SecretSetting } from '@aika/messaging/nest';

/** Settings of the gateway beside those of every process. Names in the environment: `AIKA_` and the field. */
export class GatewaySettings extends AgentSettings {
  /** `DATABASE_URL`: PostgreSQL 15 or newer with the views, and idempotency keys in the schema `gateway`. */
  @IsString()
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: 'expected postgres://user@host:port/database' })
  @SecretSetting()
  databaseUrl = '';

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
