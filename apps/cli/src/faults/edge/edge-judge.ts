import { setTimeout as delay } from 'node:timers/promises';
import { catalogue, lanesOf } from '@aika/contracts';
import { FORWARDED_HEADER } from '@aika/messaging';
import type { CommittedRecord } from '@aika/testing';
import { readPositions, VIEWS, type ViewName } from '@aika/views';
import type { World } from '../../e2e/world.js';
import { runViewsTask } from '../../views/views-process.js';
import { together, type Verdict } from '../verdict.js';
import { type EdgeField, STREAMED_TYPES } from './edge-field.js';
import {
  judgePositions,
  judgeRequests,
  judgeStream,
  judgeViews,
  type MessageOnLog,
  type Reach,
} from './edge-verdict.js';
import { isAcceptance, isToRepeat } from './request-log.js';
import type { SeenEvent } from './stream-reader.js';

/** Topics that the views are read from, and the commands are on. */
export const PROJECTED = [
  ...catalogue.eventTopics(),
  'notifications',
  ...lanesOf('commands'),
  'dlq',
  'agents',
];

/** What was looked at: a check that has seen nothing proves nothing. */
export interface EdgeFigures {
  /** Requests with a key of their own, all of which have to be accepted. */
  readonly requests: number;
  /** Requests that were sent for them, repeats included. */
  readonly sent: number;
  /** Of them those that were answered with an error, or not at all. */
  readonly failed: number;
  /** Answers of the views. */
  readonly reads: number;
  /** Of them with the position of what was just written. */
  readonly ownWrites: number;
  /** Events that the reader of the stream has got. */
  readonly streamed: number;
  readonly reconnects: number;
  /** Rows that were held against the fold of the events. */
  readonly rows: number;
}

const COMES_WITHIN_MS = 30_000;
const LOOK_EVERY_MS = 100;
const ROWS_SHOWN = 3;

/** What callers and readers saw, and the views, against what Java's consumer has read. */
export async function judgeEdge(
  edge: EdgeField,
  world: World,
  byTopic: ReadonlyMap<string, readonly CommittedRecord[]>,
): Promise<{ readonly verdict: Verdict; readonly figures: EdgeFigures }> {
  const { caller, reader, stream } = edge;
  const on = (names: readonly string[]) =>
    names.flatMap((name) => byTopic.get(`${world.namespace}.${name}`) ?? []);
  const streamed = streamedOf(on(catalogue.eventTopics()), world.namespace);
  await arrived(() => stream.seen.length >= streamed.length);
  const ends = endsOf(on(PROJECTED));
  const positions = await positionsAt(edge, ends);
  const { tables = [] } = await checkedViews(edge, world);
  const verdict = together([
    judgeRequests(
      caller.log.records,
      messagesOf(on(lanesOf('commands'))),
      messagesOf(on(catalogue.eventTopics())),
    ),
    judgeStream(stream.seen, stream.gaps, streamed),
    judgePositions(positions, ends),
    judgeViews(tables),
    { lost: [], doubled: [], reordered: [], divergent: [...new Set(reader.findings)] },
  ]);
  return { verdict, figures: figuresOf(edge, tables) };
}

function figuresOf(
  { caller, reader, stream }: EdgeField,
  tables: readonly { readonly rows: number }[],
): EdgeFigures {
  const { records } = caller.log;
  return {
    requests: records.filter(({ attempts }) => attempts.some(isAcceptance)).length,
    sent: records.reduce((sum, { attempts }) => sum + attempts.length, 0),
    failed: records.reduce((sum, { attempts }) => sum + attempts.filter(isToRepeat).length, 0),
    reads: reader.reads,
    ownWrites: reader.ownWrites,
    streamed: stream.seen.length,
    reconnects: stream.reconnects,
    rows: tables.reduce((sum, { rows }) => sum + rows, 0),
  };
}

function checkedViews({ database }: EdgeField, { brokers, namespace, folder }: World) {
  const views = Object.keys(VIEWS) as ViewName[];
  const task = { do: 'check', views, limit: ROWS_SHOWN } as const;
  const place = { brokers, namespace, databaseUrl: database.url, logDir: `${folder}/logs` };
  return runViewsTask(task, () => undefined, place);
}

/** The views' positions as soon as they stand at the ends; later as they are. */
async function positionsAt({ db }: EdgeField, ends: readonly Reach[]): Promise<readonly Reach[]> {
  const topics = [...new Set(ends.map(({ topic }) => topic))];
  let positions: readonly Reach[] = [];
  await arrived(async () => {
    positions = await readPositions(db, topics);
    const { lost } = judgePositions(positions, ends);
    return lost.length === 0;
  });
  return positions;
}

async function arrived(isThere: () => Promise<boolean> | boolean): Promise<void> {
  const deadline = performance.now() + COMES_WITHIN_MS;
  while (!(await isThere()) && performance.now() < deadline) await delay(LOOK_EVERY_MS);
}

function endsOf(records: readonly CommittedRecord[]): readonly Reach[] {
  const partitions = Map.groupBy(records, ({ topic, partition }) => `${topic}/${partition}`);
  return [...partitions.values()].map((all) => {
    const { topic, partition } = all[0] as CommittedRecord;
    return { topic, partition, next: Math.max(...all.map(({ offset }) => offset)) + 1 };
  });
}

function streamedOf(records: readonly CommittedRecord[], namespace: string): readonly SeenEvent[] {
  const types: readonly string[] = STREAMED_TYPES;
  return records
    .filter(({ headers }) => !headers.some(([name]) => name === FORWARDED_HEADER))
    .filter((record) => messagesOf([record]).some(({ type }) => types.includes(type)))
    .map(({ topic, partition, offset }) => ({ topic: topic.slice(namespace.length + 1), partition, offset }));
}

function messagesOf(records: readonly CommittedRecord[]): readonly MessageOnLog[] {
  return records.flatMap(({ value }) => {
    if (value === null) return [];
    const { messageId, messageType, metadata } = JSON.parse(value) as {
      readonly messageId: string;
      readonly messageType: string;
      readonly metadata?: { readonly conversationId?: string };
    };
    return [{ messageId, type: messageType, conversationId: metadata?.conversationId }];
  });
}
