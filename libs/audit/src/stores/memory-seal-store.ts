import { readSeal, type Seal, writeSeal } from '../seal/seal.js';
import { hasToBeWritten } from './follows.js';
import type { SealStore, StoredSeal } from './seal-store.port.js';

/** For tests. */
export class MemorySealStore implements SealStore {
  private readonly lines = new Map<string, string[]>();

  async append(seal: Seal): Promise<void> {
    if (!hasToBeWritten(seal, await this.last(seal.topic, seal.partition))) return;
    this.linesOf(seal.topic, seal.partition).push(writeSeal(seal));
  }

  async last(topic: string, partition: number): Promise<Seal | undefined> {
    return readSeal(this.linesOf(topic, partition).at(-1) ?? null);
  }

  async all(topic: string, partition: number): Promise<readonly StoredSeal[]> {
    return this.linesOf(topic, partition).map((text, line) => ({ position: String(line), text }));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private linesOf(topic: string, partition: number): string[] {
    const key = `${topic}/${partition}`;
    const lines = this.lines.get(key) ?? [];
    this.lines.set(key, lines);
    return lines;
  }
}
