import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import type { ApiName } from './api-names.js';
import { findAddresses, replaceAddresses } from './broker-addresses.js';
import { learnBrokers } from './broker-question.js';
import { FaultRules, type FaultRule, type FrameFacts, type ProxyFault, type Verdict } from './fault-rules.js';
import { ProxyConnection } from './proxy-connection.js';

const LOOPBACK = '127.0.0.1';

interface Broker {
  readonly nodeId: number;
  readonly host: string;
  readonly port: number;
}

interface Listener {
  readonly broker: Broker;
  readonly server: Server;
  readonly port: number;
}

/** Frames seen, by the request's name; `answers` counts what the brokers sent, delivered or not. */
export interface FrameCounts {
  readonly requests: Readonly<Record<string, number>>;
  readonly answers: Readonly<Record<string, number>>;
}

/**
 * Stands between clients and a cluster, one listener for each broker, and knows Kafka's frames: faults pick
 * single requests or answers ("drop the next EndTxn answer"). Clients that start from `brokers` stay behind it,
 * because the answers that name brokers are rewritten. For plain connections without TLS or SASL.
 */
export class KafkaProxy {
  private readonly rules = new FaultRules();
  private readonly listeners = new Map<number, Promise<Listener>>();
  private readonly connections = new Set<ProxyConnection>();
  private readonly seen = { request: new Map<string, number>(), answer: new Map<string, number>() };
  private readonly failed: unknown[] = [];
  private started: readonly Listener[] = [];

  private constructor() {}

  /**
   * Listens on a free loopback port for each broker of the cluster.
   * @param options.brokers `host:port` of one or more brokers
   * @throws Error when none of them answers
   */
  static async start(options: { readonly brokers: readonly string[] }): Promise<KafkaProxy> {
    const proxy = new KafkaProxy();
    const brokers = await learnBrokers(options.brokers);
    proxy.started = await Promise.all(brokers.map((broker) => proxy.listenFor(broker)));
    return proxy;
  }

  /** Bootstrap addresses for the clients: `host:port`, one for each broker. */
  get brokers(): readonly string[] {
    return this.started.map(({ port }) => `${LOOPBACK}:${port}`);
  }

  /** What went wrong in the proxy itself, such as frames that it cannot read; empty when it is sound. */
  get failures(): readonly unknown[] {
    return this.failed;
  }

  get counts(): FrameCounts {
    return {
      requests: Object.fromEntries(this.seen.request),
      answers: Object.fromEntries(this.seen.answer),
    };
  }

  /** Puts a fault into force, for the frames that arrive from now on. */
  add(rule: FaultRule): ProxyFault {
    return this.rules.add(rule);
  }

  /** "The next answer to EndTxn is lost" and the like: `add` with a count of 1. */
  next(rule: FaultRule & { readonly api: ApiName }): ProxyFault {
    return this.rules.add({ count: 1, ...rule });
  }

  /** Ends all faults. Frames that a delay holds back still arrive late. */
  heal(): void {
    this.rules.clear();
  }

  /** Cuts the connections to a broker, or all, now. New ones are taken. @returns how many there were */
  cut(nodeId?: number): number {
    const cut = [...this.connections].filter(
      (connection) => nodeId === undefined || connection.nodeId === nodeId,
    );
    for (const connection of cut) connection.cut();
    return cut.length;
  }

  /** Nothing comes through to a broker or back from it; connections stay and are taken. */
  blackHole(nodeId: number): ProxyFault {
    return this.rules.add({ broker: nodeId, action: 'drop' });
  }

  async close(): Promise<void> {
    const listeners = await Promise.all(this.listeners.values());
    const closed = listeners.map(({ server }) => once(server, 'close'));
    for (const { server } of listeners) server.close();
    this.cut();
    await Promise.all(closed);
  }

  private listenFor(broker: Broker): Promise<Listener> {
    const known = this.listeners.get(broker.nodeId);
    if (known !== undefined) return known;
    const listening = this.listen(broker);
    this.listeners.set(broker.nodeId, listening);
    return listening;
  }

  private async listen(broker: Broker): Promise<Listener> {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) =>
      this.accept(client, broker),
    );
    server.listen(0, LOOPBACK);
    await once(server, 'listening');
    return { broker, server, port: (server.address() as AddressInfo).port };
  }

  private accept(client: Socket, broker: Broker): void {
    const connection: ProxyConnection = new ProxyConnection({
      client,
      broker,
      judge: (frame) => this.judge(frame),
      rewrite: (api, version, frame) => this.rewrite(api, version, frame),
      onFailure: (error) => void this.failed.push(error),
      onClose: () => void this.connections.delete(connection),
    });
    this.connections.add(connection);
  }

  private judge(frame: FrameFacts): Verdict {
    const counts = this.seen[frame.direction];
    counts.set(frame.api, (counts.get(frame.api) ?? 0) + 1);
    return this.rules.judge(frame);
  }

  private async rewrite(api: string, version: number, frame: Buffer): Promise<Buffer> {
    // Without a coordinator the node id is -1 and there is nothing to hide.
    const found = findAddresses(api, version, frame).filter(({ nodeId }) => nodeId >= 0);
    if (found.length === 0) return frame;
    const listeners = await Promise.all(found.map((broker) => this.listenFor(broker)));
    return replaceAddresses(
      frame,
      found,
      listeners.map(({ port }) => ({ host: LOOPBACK, port })),
    );
  }
}
