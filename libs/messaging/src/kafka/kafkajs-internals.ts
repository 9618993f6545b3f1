import { createRequire } from 'node:module';

/**
 * The one place that reaches into kafkajs. Its consumer and producer lose or double records under faults (see
 * README.md); its network and protocol layers are sound, and the adapter is built on those. They are not a
 * public interface, so the version is pinned and checked: another one has to be read before it is trusted.
 */
const SUPPORTED_VERSION = '2.2.4';

/** A request as kafkajs' connection sends it, with the decoder of its answer. */
export interface WireCall<Answer> {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    encode(): Promise<WireEncoder>;
    expectResponse?(): boolean;
  };
  readonly response: {
    decode(raw: Buffer): Promise<unknown>;
    parse(decoded: unknown): Promise<Answer>;
  };
  /** Milliseconds; the connection's own when null. */
  readonly requestTimeout?: number | null;
  readonly logResponseError?: boolean;
}

export interface WireEncoder {
  readonly buffer: Buffer;
  readonly buf: Buffer;
  size(): number;
  writeInt8(value: number): this;
  writeInt16(value: number): this;
  writeInt32(value: number): this;
  writeInt64(value: number | string): this;
  writeBoolean(value: boolean): this;
  writeString(value: string | null): this;
  writeUVarInt(value: number): this;
  writeUVarIntString(value: string | null): this;
  writeBuffer(value: Buffer): this;
}

export interface BrokerConnection {
  rejectRequests(error: Error): void;
  isConnected(): boolean;
}

/** All connections to one broker: one for fetches, which block it, one for everything else. */
export interface BrokerConnections {
  readonly pool: readonly BrokerConnection[];
  getConnection(index: number): Promise<BrokerConnection>;
  send<Answer>(call: WireCall<Answer>): Promise<Answer>;
}

/** Turns arguments into a call in the highest version that both sides speak. */
export type CallBuilder = (args: Record<string, unknown>) => WireCall<unknown>;

interface ApiDefinition {
  readonly versions: readonly string[];
  protocol(options: { version: number }): CallBuilder;
}

export interface KafkaJsBroker {
  readonly connectionPool: BrokerConnections;
  isConnected(): boolean;
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  lookupRequest(apiKey: number, definition: ApiDefinition): CallBuilder;
}

export interface KafkaJsLogger {
  namespace(name: string): KafkaJsLogger;
}

interface LogEntry {
  readonly namespace: string;
  readonly level: number;
  readonly log: { readonly message: string; readonly [key: string]: unknown };
}

interface RequestQueue {
  throttleCheckTimeoutId: NodeJS.Timeout | null;
  readonly throttledUntil: number;
  readonly pending: readonly unknown[];
  checkPendingRequests(): void;
}

type Load = (path: string) => unknown;

/** The loader itself for the version that is known here. @throws Error for every other one */
export function guarded(load: Load): Load {
  const { version } = load('kafkajs/package.json') as { version: string };
  if (version === SUPPORTED_VERSION) return load;
  throw new Error(
    `kafkajs ${version} is installed; the adapter knows the internals of ${SUPPORTED_VERSION} only. ` +
      `Pin it, or review libs/messaging/src/kafka/kafkajs-internals.ts for the new version.`,
  );
}

const load = guarded(createRequire(import.meta.url));

export const Encoder = load('kafkajs/src/protocol/encoder') as new (size?: number) => WireEncoder;

export const Broker = load('kafkajs/src/broker') as new (options: {
  connectionPool: BrokerConnections;
  logger: KafkaJsLogger;
  allowAutoTopicCreation: boolean;
  authenticationTimeout: number;
}) => KafkaJsBroker;

export const ConnectionPool = load('kafkajs/src/network/connectionPool') as new (options: {
  host: string;
  port: number;
  clientId: string;
  socketFactory: unknown;
  connectionTimeout: number;
  requestTimeout: number;
  enforceRequestTimeout: boolean;
  logger: KafkaJsLogger;
}) => BrokerConnections;

export const createSocketFactory = load('kafkajs/src/network/socketFactory') as () => unknown;

export const { createLogger, LEVELS } = load('kafkajs/src/loggers') as {
  createLogger(options: { level: number; logCreator: () => (entry: LogEntry) => void }): KafkaJsLogger;
  LEVELS: Readonly<Record<'NOTHING' | 'ERROR' | 'WARN' | 'INFO' | 'DEBUG', number>>;
};

export const apiKeys = load('kafkajs/src/protocol/requests/apiKeys') as Readonly<Record<string, number>>;

export const { requests } = load('kafkajs/src/protocol/requests') as {
  requests: Readonly<Record<string, ApiDefinition>>;
};

export const ConnectionClosedError = (
  load('kafkajs') as { KafkaJSConnectionClosedError: new (message: string) => Error }
).KafkaJSConnectionClosedError;

/**
 * After each answer the stock method arms a timer with `throttledUntil - now`, a large negative number when
 * nothing throttles: Node 24 prints TimeoutNegativeWarning, and every answer costs a timer that does nothing.
 */
const requestQueue = load('kafkajs/src/network/requestQueue') as { prototype: Record<string, unknown> };
requestQueue.prototype['scheduleCheckPendingRequests'] = function schedule(this: RequestQueue): void {
  if (this.throttleCheckTimeoutId !== null || this.pending.length === 0) return;
  const wait = Math.max(this.throttledUntil - Date.now(), 10);
  this.throttleCheckTimeoutId = setTimeout(() => {
    this.throttleCheckTimeoutId = null;
    this.checkPendingRequests();
  }, wait);
};
