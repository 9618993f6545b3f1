import type { AgentManifest } from '../agent/index.js';
import type { Membership, MessageLog, RecordWriter } from '../ports/index.js';
import { readAgentCards } from './agent-cards.js';
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
  /** How long after an assignment the cards of those who have gone are taken back, milliseconds. */
  readonly sweepAfterMs?: number;
}

const QUIET_MS = 1000;
/** Restores take their time, and a card is there after its instance's restore only. */
const SWEEP_AFTER_MS = 60_000;

/** Keeps this instance's card in the live directory. A view for people: delivery goes on without it. */
export class AgentDirectory {
  private writer: RecordWriter | undefined;
  private membership: Membership | undefined;
  private parked: ParkedSummary = parkedSummary([]);
  private pending: NodeJS.Timeout | undefined;
  private sweeping: NodeJS.Timeout | undefined;
  private publishing: Promise<void> = Promise.resolve();

  constructor(private readonly options: DirectoryOptions) {}

  assigned(membership: Membership): void {
    this.membership = membership;
    this.announce();
    clearTimeout(this.sweeping);
    // One of the group does it, and there always is one with the first partition.
    if (!membership.partitions.includes(0)) return;
    const { sweepAfterMs = SWEEP_AFTER_MS, clock } = this.options;
    const since = clock();
    this.sweeping = setTimeout(() => {
      this.publishing = this.publishing.then(() => this.sweep(membership, since));
    }, sweepAfterMs);
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
    clearTimeout(this.sweeping);
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

  /**
   * Takes back the cards of instances that were killed: every member has written one for this generation, which began
   * at `since` (milliseconds since 1970 UTC). Who is only slow writes its own again.
   */
  private async sweep({ generationId }: Membership, since: number): Promise<void> {
    const { agent, instanceId, log, namespace, logger } = this.options;
    try {
      const others = (await readAgentCards(log, namespace)).filter(
        (card) => card.agentId === agent.id && card.instanceId !== instanceId,
      );
      // A higher one that is older comes from before the group was deleted, a younger one from the next generation.
      const left = others.filter(
        ({ generation, at }) =>
          generation < generationId || (generation > generationId && Date.parse(at) < since),
      );
      for (const card of left) await this.publish(null, card.instanceId);
      const instances = left.map((card) => card.instanceId);
      if (left.length > 0) logger.info('cards of instances that have gone are taken back', { instances });
    } catch (error) {
      logger.warn('agent cards not read', { reason: String(error) });
    }
  }

  private async publish(
    card: ReturnType<typeof agentCard> | null,
    instanceId = this.options.instanceId,
  ): Promise<void> {
    const { agent, log, namespace, logger } = this.options;
    try {
      this.writer ??= await log.createWriter();
      await publishCard(this.writer, namespace, { agentId: agent.id, instanceId }, card);
    } catch (error) {
      logger.warn('agent card not published', { reason: String(error) });
    }
  }
}
