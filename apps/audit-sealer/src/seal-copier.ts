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
 * Brings committed seals to the second place. Sealing does not wait for it: what it misses is caught up from the topic.
 */
export class SealCopier {
  /** Partitions of which the second place lacks something, and when they are tried again. */
  private readonly behind = new Map<number, number>();
  private failure: string | undefined;

  constructor(private readonly options: CopierOptions) {}

  /** Why the second place does not have everything: an error's code or name. */
  get problem(): string | undefined {
    return this.behind.size === 0 ? undefined : (this.failure ?? 'CATCHING_UP');
  }

  /** To be called for a partition that somebody else has had until now. */
  taken(partition: number): void {
    this.behind.set(partition, 0);
  }

  lost(): void {
    this.behind.clear();
  }

  async copy(seals: readonly Seal[]): Promise<void> {
    for (const seal of seals) {
      // Its seals are in the topic, in order: a later one must not overtake them.
      if (this.behind.has(seal.partition)) continue;
      await this.trying(seal.partition, () => this.options.store.append(seal));
    }
  }

  /** Copies what is missing, of partitions whose time has come. */
  async catchUp(now: number): Promise<void> {
    for (const [partition, dueAt] of [...this.behind]) {
      if (dueAt > now) continue;
      const isDone = await this.trying(partition, () => this.copyMissing(partition), now);
      if (isDone) this.behind.delete(partition);
    }
  }

  private async copyMissing(partition: number): Promise<void> {
    const { log, store, topic } = this.options;
    const next = ((await store.last(topic, partition))?.sequence ?? -1) + 1;
    // So many seals stand before it: its offset is no smaller than that.
    for (const { text } of await sealsOf(log, { topic, partition }, next)) {
      const seal = readSeal(text);
      if (seal && seal.sequence >= next) await store.append(seal);
    }
  }

  private async trying(partition: number, work: () => Promise<void>, now = Date.now()): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
      this.failure = String(code ?? name);
      this.behind.set(partition, now + RETRY_MS);
      this.options.logger.error('seals are not in the second place', { partition, reason: this.failure });
      return false;
    }
  }
}
