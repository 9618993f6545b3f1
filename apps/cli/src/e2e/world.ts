import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AcceptQuote,
  type Catalogue,
  CustomerAssessmentRequest,
  type MessageDefinition,
  type PayloadOf,
  PolicyBound,
  QuoteIssued,
} from '@aika/contracts';
import type { MessageLog, MessageSender } from '@aika/messaging';
import { createKafkaAdmin } from '@aika/messaging/kafka';
import { createTopics, loadTopics } from '@aika/testing';
import { type Connection, connect } from '../commands/connection.js';
import { type JournalEntry, MessageJournal } from '../journal/message-journal.js';
import { AgentFleet, type FleetOptions } from '../processes/agent-fleet.js';
import { freePorts } from './free-ports.js';

const DAY_MS = 86_400_000;
const STEP_TIMEOUT_MS = 60_000;

export interface WorldOptions extends Partial<Pick<FleetOptions, 'instances' | 'env'>> {
  /** Default: those of the test cluster. */
  readonly brokers?: readonly string[];
  /** Where the agents look for the brokers, if not there: a proxy. */
  readonly agentBrokers?: readonly string[];
  /** Default: a new one. Topics that it has already stay as they are. */
  readonly namespace?: string;
}

/** The whole system in a namespace of its own on the test cluster: agents and sandbox as real processes. */
export class World {
  private constructor(
    readonly namespace: string,
    readonly brokers: readonly string[],
    readonly fleet: AgentFleet,
    readonly journal: MessageJournal,
    readonly sender: MessageSender,
    private readonly connection: Connection,
    /** Logs and local states of the agents, and the ledger of payments. */
    readonly folder: string,
  ) {}

  static async create(options: WorldOptions = {}): Promise<World> {
    const brokers = options.brokers ?? (process.env['KAFKA_BROKERS'] ?? '').split(',');
    const namespace = options.namespace ?? `e2e-${randomUUID().slice(0, 8)}`;
    const folder = mkdtempSync(join(tmpdir(), 'aika-e2e-'));
    await createTopics({ brokers, environment: 'test', namespace });
    const { instances, env } = options;
    const fleet = await AgentFleet.start({
      brokers: options.agentBrokers ?? brokers,
      namespace,
      ports: await freePorts(instances ?? 1),
      ...(instances === undefined ? {} : { instances }),
      logDir: join(folder, 'logs'),
      paymentsDatabase: join(folder, 'payments.sqlite'),
      stateDir: join(folder, 'state'),
      env: { AIKA_SESSION_TIMEOUT_MS: '3000', ...env },
    });
    const connection = connect({ brokers }, namespace);
    const journal = await MessageJournal.open({
      ...connection,
      from: 'start',
    });
    return new World(namespace, brokers, fleet, journal, await connection.sender(), connection, folder);
  }

  get catalogue(): Catalogue {
    return this.connection.catalogue;
  }

  get log(): MessageLog {
    return this.connection.log;
  }

  /** Folder of the agents' local copies of state. */
  get stateDir(): string {
    return join(this.folder, 'state');
  }

  get paymentsUrl(): string {
    return this.fleet.paymentsUrl;
  }

  daysAgo(days: number): string {
    return new Date(Date.now() - days * DAY_MS).toISOString();
  }

  /** Sends a command within a conversation. @returns its message id */
  async send<D extends MessageDefinition>(
    conversationId: string,
    definition: D,
    payload: PayloadOf<D>,
  ): Promise<string> {
    return this.sender.send(definition, payload, { metadata: { conversationId } });
  }

  async expect<D extends MessageDefinition>(
    conversationId: string,
    definition: D,
    matches?: (payload: PayloadOf<D>) => boolean,
    timeoutMs = STEP_TIMEOUT_MS,
  ): Promise<PayloadOf<D>> {
    return (await this.journal.waitFor(conversationId, definition, timeoutMs, matches)).payload;
  }

  /** A motor policy in force for 120 days. @returns its id */
  async bindPolicy(customerId: string, conversationId: string): Promise<string> {
    await this.send(conversationId, CustomerAssessmentRequest, {
      customerId,
      purpose: 'QUOTE',
      product: 'MOTOR',
      motor: { district: 1, engine: '<1l', driverAge: 45 },
      effectiveFrom: this.daysAgo(120),
      bookTransfer: true,
    });
    const { quoteId } = await this.expect(conversationId, QuoteIssued);
    await this.send(conversationId, AcceptQuote, { customerId, quoteId });
    return (await this.expect(conversationId, PolicyBound)).policyId;
  }

  async misbehave(rules: readonly object[]): Promise<void> {
    const response = await fetch(`${this.paymentsUrl}/behaviour`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rules }),
    });
    if (!response.ok) throw new Error(`The sandbox answered ${response.status}: ${await response.text()}`);
  }

  async ledger(): Promise<{ readonly count: number; readonly total: Readonly<Record<string, number>> }> {
    const response = await fetch(`${this.paymentsUrl}/ledger`);
    return (await response.json()) as { count: number; total: Record<string, number> };
  }

  entries(conversationId: string, definition: MessageDefinition): readonly JournalEntry[] {
    return this.journal
      .conversation(conversationId)
      .filter(({ envelope }) => envelope.messageType === definition.type);
  }

  async close(): Promise<void> {
    await this.fleet.stop();
    await this.journal.close();
    await this.connection.close();
    const admin = createKafkaAdmin({ brokers: [...this.brokers], clientId: 'e2e' });
    await admin.deleteTopics(
      loadTopics({ environment: 'test', namespace: this.namespace }).map(({ name }) => name),
    );
    await admin.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
