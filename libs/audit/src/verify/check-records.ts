import type { LogRecord, PartitionOffsets } from '@aika/messaging';
import { contentDigest, RootHash } from '../seal/record-digest.js';
import type { Seal } from '../seal/seal.js';
import { entriesOf, type Entry, leafText } from '../seal/sealed-entries.js';
import { alignEntries } from './align-entries.js';
import type { Finding } from './finding.js';

export interface RecordsToCheck {
  readonly partition: number;
  /** Valid ones, in order. */
  readonly seals: readonly Seal[];
  /** Committed records of the partition in order, from its start. */
  readonly records: AsyncIterable<readonly LogRecord[]>;
  readonly log: PartitionOffsets;
}

export interface CheckedRecords {
  /** Records that are as they were sealed. */
  readonly verified: number;
  /** Records after the last seal. */
  readonly unsealed: number;
  readonly findings: readonly Finding[];
}

/** Seals that are compared record by record at once; what differs beyond is counted with them in one finding each. */
const MAX_SUSPECTS = 200;
/** Records after the last seal among which sealed ones are looked for. */
const MAX_TAIL = 10_000;

/** Holds each record against the seal of its offset. What is gone below the start of the log is not its concern. */
export async function checkRecords(input: RecordsToCheck): Promise<CheckedRecords> {
  const check = new RecordCheck(input);
  for await (const batch of input.records) for (const record of batch) check.take(record);
  return check.end();
}

class RecordCheck {
  private verified = 0;
  private unsealed = 0;
  private index = 0;
  private range: RangeCheck | undefined;
  private readonly suspects: RangeCheck[] = [];
  private readonly unexplained: Finding[] = [];
  private readonly tail: Entry[] = [];

  constructor(private readonly input: RecordsToCheck) {
    this.open();
  }

  take(record: LogRecord): void {
    while (this.range && record.offset >= this.range.seal.to) this.close();
    if (this.range) {
      if (record.offset >= this.range.seal.from) this.range.take(record);
      return;
    }
    this.unsealed += 1;
    if (this.tail.length < MAX_TAIL) this.tail.push(entryOf(record, contentDigest(record)));
  }

  end(): CheckedRecords {
    while (this.range) this.close();
    const { partition, log } = this.input;
    const found = [...this.suspects.flatMap((range) => range.found), ...this.tail];
    const sealed = this.suspects.flatMap((range) => range.sealed);
    const aligned = alignEntries(sealed, found, { partition, end: log.end }).filter(
      // New records after the last seal are no finding; sealed ones that stand there are.
      ({ kind, offset }) => kind !== 'INSERTED' || this.isSealed(offset!),
    );
    return { verified: this.verified, unsealed: this.unsealed, findings: [...aligned, ...this.unexplained] };
  }

  private isSealed(offset: number): boolean {
    return offset < (this.input.seals.at(-1)?.to ?? 0);
  }

  private open(): void {
    const { seals, log } = this.input;
    while (this.index < seals.length && seals[this.index]!.to <= log.start) this.index += 1;
    const seal = seals[this.index];
    this.range = seal && new RangeCheck(seal, log.start);
  }

  private close(): void {
    const range = this.range!;
    const verdict = range.compare();
    if (verdict === 'same') this.verified += range.found.length;
    else if (verdict === 'other' && this.suspects.length < MAX_SUSPECTS) this.suspects.push(range);
    else this.unexplained.push(range.unexplained(this.input.partition));
    this.index += 1;
    this.open();
  }
}

/** The records of one seal's range. */
class RangeCheck {
  readonly found: Entry[] = [];
  readonly sealed: readonly Entry[];
  private readonly root = new RootHash();

  constructor(
    readonly seal: Seal,
    /** First offset that the log still has. */
    private readonly start: number,
  ) {
    this.sealed = (entriesOf(seal) ?? []).filter(({ offset }) => offset >= start);
  }

  take(record: LogRecord): void {
    const digest = contentDigest(record);
    this.root.add(record.offset, digest);
    this.found.push(entryOf(record, digest));
  }

  /** `other`: the records are others, which the alignment explains; `root`: only the hash over all of them differs. */
  compare(): 'same' | 'other' | 'root' {
    const { sealed, found } = this;
    const isSame =
      sealed.length === found.length &&
      sealed.every(({ offset, leaf }, n) => found[n]!.offset === offset && found[n]!.leaf === leaf);
    if (!isSame) return 'other';
    // Of a range that is partly gone the short digests have to do.
    return this.start > this.seal.from || this.root.end() === this.seal.root ? 'same' : 'root';
  }

  unexplained(partition: number): Finding {
    const { sequence, from: offset, to: until } = this.seal;
    const detail = 'its records are not as they were sealed, and which one cannot be told';
    return { kind: 'CHANGED', place: 'records', partition, sequence, offset, until, detail };
  }
}

function entryOf({ offset }: LogRecord, digest: Buffer): Entry {
  return { offset, leaf: leafText(digest) };
}
