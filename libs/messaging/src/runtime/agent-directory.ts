import type { AgentManifest } from '../agent/index.js';
import type { Membership, MessageLog, RecordWriter } from '../ports/index.js';
import { agentCard, parkedSummary, type ParkedSummary, publishCard } from './agent-card.js';
import type { ParkedKey } from './parked-key.js';
import type { RuntimeLogger } from './runtime-logger.js';

export interface DirectoryOptions {
  readonly agent: AgentManifest;
  readonly instanceId: string;
  readonly namespace: string;
  readonly log: MessageLog;
  readonly logger: RuntimeLogger;
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
}

const QUIET_MS = 1000;

/** Keeps this instance's card in the live directory. A view for people: delivery goes on without it. */
export class AgentDirectory {
  private writer: RecordWriter | undefined;
  private membership: Membership | undefined;
  private parked: ParkedSummary = parkedSummary([]);
  private pending: NodeJS.Timeout | undefined;
  private publishing: Promise<void> = Promise.resolve();

  constructor(private readonly options: DirectoryOptions) {}

  assigned(membership: Membership): void {
    this.membership = membership;
    this.announce();
  }

  /** To be called after each batch: publishes a changed summary, at most once a second. */
  parkedNow(keys: readonly ParkedKey[]): void {
    if (keys.length === 0 && this.parked.keys === 0) return;
    const parked = parkedSummary(keys);
    if (JSON.stringify(parked) === JSON.stringify(this.parked)) return;
    this.parked = parked;
    this.pending ??= setTimeout(() => this.announce(), QUIET_MS);
  }

  /** Takes the card back, if there is one. */
  async withdraw(): Promise<void> {
    clearTimeout(this.pending);
    await this.publishing;
    if (!this.writer) return;
    await this.publish(null);
    await this.writer.close();
  }

  private announce(): void {
    clearTimeout(this.pending);
    this.pending = undefined;
    if (!this.membership) return;
    const { agent, instanceId, clock } = this.options;
    const { partitions, generationId: generation } = this.membership;
    const at = new Date(clock()).toISOString();
    const card = agentCard(agent, { instanceId, partitions, generation, at, parked: this.parked });
    this.publishing = this.publishing.then(() => this.publish(card));
  }

  private async publish(card: ReturnType<typeof agentCard> | null): Promise<void> {
    const { agent, instanceId, log, namespace, logger } = this.options;
    try {
      this.writer ??= await log.createWriter();
      await publishCard(this.writer, namespace, { agentId: agent.id, instanceId }, card);
    } catch (error) {
      logger.warn('agent card not published', { reason: String(error) });
    }
  }
}
