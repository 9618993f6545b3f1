import { Inject, Injectable } from '@nestjs/common';
import { type Catalogue, readMessage, topicOf } from '@aika/contracts';
import { type LogRecord, type MessageLog, positionId } from '@aika/messaging';
import { CATALOGUE, MESSAGE_LOG } from '@aika/messaging/nest';
import { GatewaySettings } from '../gateway.settings.js';
import { pageSize, readCursor, writeCursor } from '../http/page.js';
import { ProblemError } from '../http/problem.js';
import type { RecordAnswer, RecordsAnswer, RecordsQuery, TopicAnswer } from './topic-answers.js';

/** Topics that hold no messages of the catalogue and may be read beside those that do. */
const OTHER_TOPICS = ['dlq', 'agents'];

/** Reads topics as they stand on the log: committed records only, page by page, without a group. */
@Injectable()
export class TopicReader {
  constructor(
    @Inject(MESSAGE_LOG) private readonly log: MessageLog,
    @Inject(CATALOGUE) private readonly catalogue: Catalogue,
    private readonly settings: GatewaySettings,
  ) {}

  /** Without the namespace. */
  names(): readonly string[] {
    return [...this.catalogue.messageTopics(), ...OTHER_TOPICS];
  }

  /** @throws ProblemError `not-found` for a topic that is not to be read: the state of agents is their own */
  assertReadable(name: string): void {
    if (this.names().includes(name)) return;
    throw new ProblemError('not-found', `There is no such topic; there are ${this.names().join(', ')}.`);
  }

  async describe(name: string): Promise<TopicAnswer> {
    const topic = topicOf(this.settings.namespace, name);
    const count = await this.log.partitionCount(topic);
    const partitions = await Promise.all(
      Array.from({ length: count }, async (_, partition) => {
        const { start, stableEnd } = await this.log.offsets({ topic, partition });
        return { partition, start, end: stableEnd };
      }),
    );
    return { name, partitions };
  }

  async page(name: string, query: RecordsQuery): Promise<RecordsAnswer> {
    this.assertReadable(name);
    const { partitions } = await this.describe(name);
    const begin = readCursor(`topic ${name}`, query.cursor, isPositions);
    const limit = pageSize(query, this.settings.maxPageSize);
    const next = partitions.map(({ start, end }, n) =>
      Math.max(begin?.[n] ?? (query.from === 'end' ? end : start), start),
    );
    const found = await Promise.all(
      partitions.map(({ partition, end }, n) => this.some(name, partition, next[n] ?? 0, end, limit)),
    );
    const chosen = merged(found, limit);
    for (const { partition, offset } of chosen) next[partition] = offset + 1;
    return {
      records: chosen.map((record) => this.answerOf(record)),
      // Always there: a log has no last page, more may come.
      next: writeCursor(`topic ${name}`, next),
    };
  }

  private async some(name: string, partition: number, from: number, until: number, limit: number) {
    const topic = topicOf(this.settings.namespace, name);
    const found: LogRecord[] = [];
    if (from >= until) return found;
    for await (const records of this.log.read({ topic, partition }, { from, until })) {
      found.push(...records.slice(0, limit - found.length));
      if (found.length >= limit) break;
    }
    return found;
  }

  private answerOf(record: LogRecord): RecordAnswer {
    const { topic, partition, offset, key, value, timestamp, headers } = record;
    const receivedAt = new Date(timestamp).toISOString();
    const texts = Object.entries(headers).map(([header, text]) => [header, text.toString()]);
    const read =
      value &&
      readMessage(value, {
        catalogue: this.catalogue,
        receivedAt,
        fallbackMessageId: positionId(topic, partition, offset),
      });
    return {
      partition,
      offset,
      timestamp: receivedAt,
      ...(key === null ? {} : { key: key.toString() }),
      headers: Object.fromEntries(texts) as Record<string, string>,
      ...(read?.ok ? { message: read.envelope } : value === null ? {} : { value: value.toString() }),
    };
  }
}

/** The oldest of what the partitions have, in order within each of them. */
function merged(partitions: readonly (readonly LogRecord[])[], limit: number): readonly LogRecord[] {
  const heads = partitions.map(() => 0);
  const chosen: LogRecord[] = [];
  while (chosen.length < limit) {
    let oldest: { readonly n: number; readonly record: LogRecord } | undefined;
    for (const [n, records] of partitions.entries()) {
      const record = records[heads[n] ?? 0];
      if (record && (oldest === undefined || record.timestamp < oldest.record.timestamp))
        oldest = { n, record };
    }
    if (oldest === undefined) break;
    heads[oldest.n] = (heads[oldest.n] ?? 0) + 1;
    chosen.push(oldest.record);
  }
  return chosen;
}

function isPositions(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((each) => Number.isSafeInteger(each) && (each as number) >= 0);
}
