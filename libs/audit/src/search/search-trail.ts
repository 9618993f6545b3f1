import type { AuditKind, Catalogue } from '@aika/contracts';
import { type MessageLog, partitionFor } from '@aika/messaging';
import { type AuditLine, auditLineOf } from './audit-line.js';

/** What lines have to be; each that is given. */
export interface AuditFilter {
  readonly customerId?: string | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly kind?: AuditKind | undefined;
  readonly object?: string | undefined;
  /** Recorded at or after this, milliseconds since 1970 UTC. */
  readonly fromMs?: number | undefined;
  /** Recorded before this. */
  readonly untilMs?: number | undefined;
}

export interface AuditSearch {
  readonly log: Pick<MessageLog, 'partitionCount' | 'offsets' | 'read'>;
  /** Full name of the audit topic. */
  readonly topic: string;
  readonly catalogue: Catalogue;
  readonly filter: AuditFilter;
  /** The newest so many. */
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/**
 * The newest lines that the filter lets pass, oldest first. Reads what there is to the end: one partition where a
 * customer is named, else all.
 * @throws LogError
 */
export async function searchTrail(search: AuditSearch): Promise<readonly AuditLine[]> {
  const { log, topic, filter } = search;
  const count = await log.partitionCount(topic);
  const partitions =
    filter.customerId === undefined
      ? Array.from({ length: count }, (_, partition) => partition)
      : [partitionFor(filter.customerId, count)];
  const newest = new NewestLines(search.limit);
  for (const partition of partitions) await searchPartition(search, partition, newest);
  return newest.lines();
}

async function searchPartition(
  { log, topic, catalogue, filter, signal }: AuditSearch,
  partition: number,
  newest: NewestLines,
): Promise<void> {
  const at = { topic, partition };
  const { start, stableEnd } = await log.offsets(at);
  const range = { from: start, until: stableEnd, ...(signal === undefined ? {} : { signal }) };
  for await (const batch of log.read(at, range)) {
    for (const record of batch) {
      if (filter.fromMs !== undefined && record.timestamp < filter.fromMs) continue;
      if (filter.untilMs !== undefined && record.timestamp >= filter.untilMs) continue;
      const line = auditLineOf(record, catalogue);
      if (line && isWanted(line, filter)) newest.add(line);
    }
  }
}

function isWanted(line: AuditLine, { customerId, actor, action, kind, object }: AuditFilter): boolean {
  return (
    (customerId === undefined || line.customerId === customerId) &&
    (actor === undefined || line.actor === actor) &&
    (action === undefined || line.action === action) &&
    (kind === undefined || (line.kind ?? 'decision') === kind) &&
    (object === undefined || line.object === object)
  );
}

/** Keeps a bounded number of lines, whatever passes. */
class NewestLines {
  private kept: AuditLine[] = [];

  constructor(private readonly limit: number) {}

  add(line: AuditLine): void {
    this.kept.push(line);
    if (this.kept.length >= this.limit * 2 + 1000) this.kept = [...this.lines()];
  }

  lines(): readonly AuditLine[] {
    return this.kept
      .sort((a, b) => compare(a.recordedAt, b.recordedAt) || a.partition - b.partition || a.offset - b.offset)
      .slice(-this.limit);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
