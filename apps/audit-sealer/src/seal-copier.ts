import { readSeal, sealsOf, type Seal, type SealStore } from '@aika/audit';
import type { MessageLog, RuntimeLogger } from '@aika/messaging';

export interface CopierOptions {
  readonly log: Pick<MessageLog, 'offsets' | 'read'>;
  readonly store: SealStore;
  /** Full name of the sealed topic. */
  readonly topic: string;
  readonly logger: RuntimeLogger;
}

const RETRY_MS = 5_000;

/**
 * Brings committed seals to the second place, beside the sealing: that never waits for a place that is away, slow, or stands
 * still. What the second place misses is caught up from the topic.
 */
export class SealCopier {
  /** Partitions of which the second place lacks something, and when they are tried again. */
  private readonly behind = new Map<number, { readonly dueAt: number }>();
  /** Committed, in their order, and on their way. */
  private waiting: Seal[] = [];
  private working: Promise<void> | undefined;
  private failure: string | undefined;

  constructor(private readonly options: CopierOptions) {}

  /** Why the second place does not have everything: an error's code or name. */
  get problem(): string | undefined {
    return this.behind.size === 0 ? undefined : (this.failure ?? 'CATCHING_UP');
  }

  /** To be called for a partition that somebody else has had until now. */
  taken(partition: number): void {
    this.behind.set(partition, { dueAt: 0 });
  }

  lost(): void {
    this.behind.clear();
    this.waiting = [];
  }

  /** Takes seals that are committed. */
  copy(seals: readonly Seal[]): void {
    this.waiting.push(...seals);
  }

  /** Begins to copy what has come, and what is missing of partitions whose time has come; unless it does so already. */
  work(now: number): void {
    this.working ??= this.copyAll(now).finally(() => (this.working = undefined));
  }

  /** Resolves when everything that was taken is copied, or was tried. */
  async settled(now: number): Promise<void> {
    await this.working;
    this.work(now);
    await this.working;
  }

  private async copyAll(now: number): Promise<void> {
    for (let seal = this.waiting.shift(); seal; seal = this.waiting.shift()) await this.copyOne(seal, now);
    for (const [partition, mark] of [...this.behind]) {
      if (mark.dueAt > now) continue;
      const isDone = await this.trying(partition, () => this.copyMissing(partition), now);
      // Not a mark of later: the partition may have been lost and taken again meanwhile.
      if (isDone && this.behind.get(partition) === mark) this.behind.delete(partition);
    }
  }

  private async copyOne(seal: Seal, now: number): Promise<void> {
    // Its seals are in the topic, in order: a later one must not overtake them.
    if (this.behind.has(seal.partition)) return;
    await this.trying(seal.partition, () => this.options.store.append(seal), now);
  }

  private async copyMissing(partition: number): Promise<void> {
    const { log, store, topic } = this.options;
    let next = ((await store.last(topic, partition))?.sequence ?? -1) + 1;
    // So many seals stand before it: its offset is no smaller than that.
    for (const { text } of await sealsOf(log, { topic, partition }, next)) {
      const seal = readSeal(text);
      if (!seal || seal.sequence < next) continue;
      await store.append(seal);
      next = seal.sequence + 1;
    }
    // What came in while this went on may have been among them.
    this.waiting = this.waiting.filter((seal) => seal.partition !== partition || seal.sequence >= next);
  }

  private async trying(partition: number, work: () => Promise<void>, now: number): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
      this.failure = String(code ?? name);
      this.behind.set(partition, { dueAt: now + RETRY_MS });
      this.options.logger.error('seals are not in the second place', { partition, reason: this.failure });
      return false;
    }
  }
}
