import { describe, isTransport } from './kafka-errors.js';
import {
  Broker,
  ConnectionClosedError,
  ConnectionPool,
  apiKeys,
  createSocketFactory,
  requests,
  type KafkaJsBroker,
  type KafkaJsLogger,
  type WireCall,
} from './kafkajs-internals.js';

const CONNECTION_TIMEOUT_MS = 3_000;

export interface BrokerLinkOptions {
  readonly host: string;
  readonly port: number;
  readonly clientId: string;
  readonly requestTimeoutMs: number;
  readonly logger: KafkaJsLogger;
}

/**
 * The connections to one broker, for as long as they work: after the first failure the link is closed and another
 * one takes its place. kafkajs' connections cannot be used again: a new socket goes on in the middle of the answer
 * that the old one left, and a connect that is interrupted never settles.
 */
export class BrokerLink {
  private readonly broker: KafkaJsBroker;
  private readonly closing = Promise.withResolvers<never>();
  private readonly opening = new Map<number, Promise<unknown>>();
  private isClosed = false;
  /** The broker's versions are known: until then a socket is open that no request can be written for. */
  private isReady = false;

  constructor(options: BrokerLinkOptions) {
    const { host, port, clientId, requestTimeoutMs, logger } = options;
    // Nobody may be waiting when the link is closed.
    this.closing.promise.catch(() => undefined);
    const connectionPool = new ConnectionPool({
      host,
      port,
      clientId,
      logger,
      socketFactory: withoutNagle(createSocketFactory()),
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: requestTimeoutMs,
      enforceRequestTimeout: true,
    });
    this.broker = new Broker({
      connectionPool,
      logger,
      allowAutoTopicCreation: false,
      authenticationTimeout: CONNECTION_TIMEOUT_MS,
    });
  }

  get closed(): boolean {
    return this.isClosed;
  }

  get connected(): boolean {
    return !this.isClosed && this.broker.isConnected();
  }

  /** Sends a request in kafkajs' own encoding; the answer is decoded, its error codes are the caller's. */
  async call(api: string, args: Record<string, unknown>, timeoutMs?: number): Promise<unknown> {
    await this.open(0);
    const call = this.broker.lookupRequest(apiKeys[api]!, requests[api]!)(args);
    // kafkajs' parse throws at the first error code; decode alone gives the whole answer.
    const response = { decode: call.response.decode, parse: (decoded: unknown) => Promise.resolve(decoded) };
    return this.send({ ...call, response, requestTimeout: timeoutMs ?? call.requestTimeout });
  }

  /** @throws the connection's error; the link is closed then */
  async send<Answer>(call: WireCall<Answer>): Promise<Answer> {
    await this.open(call.request.apiKey === apiKeys['Fetch'] ? 1 : 0);
    return this.guarded(() => this.broker.connectionPool.send(call));
  }

  /** Closes without waiting for answers: that to a join may take as long as the rebalance timeout. */
  async close(why: string): Promise<void> {
    if (this.isClosed) return;
    this.isClosed = true;
    const error = new ConnectionClosedError(why);
    this.closing.reject(error);
    for (const connection of this.broker.connectionPool.pool) connection.rejectRequests(error);
    await this.broker.disconnect();
  }

  /**
   * Opens one of the two connections: fetches wait at the broker and would hold back everything else. One at a
   * time: two requests that both find it closed would open two sockets on it.
   */
  private async open(index: 0 | 1): Promise<void> {
    if (this.isReady && this.broker.connectionPool.pool[index]?.isConnected() && !this.isClosed) return;
    const opening = this.opening.get(index) ?? this.guarded(() => this.connect(index));
    this.opening.set(index, opening);
    try {
      await opening;
    } finally {
      this.opening.delete(index);
    }
  }

  private async connect(index: 0 | 1): Promise<void> {
    // Learns the broker's versions, on the first connection.
    await this.broker.connect();
    this.isReady = true;
    await this.broker.connectionPool.getConnection(index);
  }

  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    if (this.isClosed) return this.closing.promise;
    try {
      return await Promise.race([work(), this.closing.promise]);
    } catch (error) {
      // An overdue answer would hold back every later one on this connection.
      if (isTransport(error)) await this.close(describe(error));
      throw error;
    }
  }
}

/** Two requests written one after the other must not wait for the first one's acknowledgement. */
function withoutNagle(create: unknown): unknown {
  const stock = create as (options: unknown) => { setNoDelay(on: boolean): void };
  return (options: unknown) => {
    const socket = stock(options);
    socket.setNoDelay(true);
    return socket;
  };
}
