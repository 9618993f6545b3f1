import { hash } from 'node:crypto';
import type { TopicPartition } from '@aika/messaging';

/** The partitions of the topics that a stream reads, in one order everywhere. */
export class StreamLayout {
  readonly partitions: readonly TopicPartition[];
  private readonly index: ReadonlyMap<string, number>;
  /** Tells whether a position is of the same topics. */
  private readonly mark: Buffer;

  constructor(counts: ReadonlyMap<string, number>) {
    const topics = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
    this.partitions = topics.flatMap(([topic, count]) =>
      Array.from({ length: count }, (_, partition) => ({ topic, partition })),
    );
    this.index = new Map(this.partitions.map((at, n) => [keyOf(at), n]));
    this.mark = hash('sha256', JSON.stringify(topics), 'buffer').subarray(0, 4);
  }

  /** @returns undefined for a partition that was added since */
  indexOf(at: TopicPartition): number | undefined {
    return this.index.get(keyOf(at));
  }

  /** Positions as the id of an event: offsets of the next records, in 7-bit groups. */
  encode(positions: readonly number[]): string {
    const bytes: number[] = [...this.mark];
    for (let position of positions) {
      // Not by bits: an offset may have more of them than a bit operation keeps.
      for (; position >= 0x80; position = Math.floor(position / 0x80)) bytes.push((position % 0x80) | 0x80);
      bytes.push(position);
    }
    return Buffer.from(bytes).toString('base64url');
  }

  /** @returns undefined for what is no position, or one of other topics */
  decode(id: string): number[] | undefined {
    const bytes = Buffer.from(id, 'base64url');
    if (bytes.length <= this.mark.length || !bytes.subarray(0, this.mark.length).equals(this.mark))
      return undefined;
    const positions: number[] = [];
    let value = 0;
    let factor = 1;
    for (const byte of bytes.subarray(this.mark.length)) {
      value += (byte & 0x7f) * factor;
      factor *= 0x80;
      if (byte >= 0x80) continue;
      positions.push(value);
      value = 0;
      factor = 1;
    }
    const isWhole = factor === 1 && positions.length === this.partitions.length;
    return isWhole && positions.every(Number.isSafeInteger) ? positions : undefined;
  }
}

function keyOf({ topic, partition }: TopicPartition): string {
  return `${topic}/${partition}`;
}
