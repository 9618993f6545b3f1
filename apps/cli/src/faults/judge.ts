import { lanesOf, topicOf } from '@aika/contracts';
import { LETTER_HEADER } from '@aika/messaging';
import { type CommittedRecord, loadTopics, readCommittedWithJava } from '@aika/testing';
import { type EdgeFigures, judgeEdge, PROJECTED } from './edge/edge-judge.js';
import type { FaultField } from './fault-field.js';
import { foldChangelog, judgeState } from './state-check.js';
import { judgeKeys, type KeyFigures } from './trust/keys-judge.js';
import { judgeTrail, type SealFigures } from './trust/seals-judge.js';
import {
  judgeAnswers,
  judgeEvents,
  judgeLedger,
  judgeNotifications,
  inOrderOfTime,
  loggedEvents,
  together,
  type Verdict,
} from './verdict.js';
import type { Asked } from './workload.js';

const JUDGED = [...lanesOf('events'), 'notifications', 'state.claims', 'dlq'];

/** What was looked at beside the claims, where it was there. */
export interface Figures {
  /** Of callers and readers, where the work came in over HTTP. */
  readonly edge?: EdgeFigures;
  /** Of the audit trail and its seals. */
  readonly seals?: SealFigures;
  /** Of personal data and its keys. */
  readonly keys?: KeyFigures;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** What was read, by full topic name. */
  readonly records: ReadonlyMap<string, readonly CommittedRecord[]>;
  readonly figures: Figures;
}

/** From outside: what Java's consumer reads, and the provider's own ledger. */
export async function judge(field: FaultField, asked: readonly Asked[]): Promise<Judgement> {
  const { namespace, brokers } = field.world;
  const topics = topicsOf(field);
  const byTopic = new Map<string, CommittedRecord[]>(topics.map((topic) => [topic, []]));
  for await (const record of readCommittedWithJava(brokers, topics)) byTopic.get(record.topic)?.push(record);
  const on = (name: string): readonly CommittedRecord[] => byTopic.get(topicOf(namespace, name)) ?? [];
  const logged = loggedEvents(inOrderOfTime(lanesOf('events').flatMap(on)));
  const edge = field.edge && (await judgeEdge(field.edge, field.world, byTopic));
  const seals = field.seals && (await judgeTrail(field.seals, field.world, asked, byTopic));
  const keys = field.keys && (await judgeKeys(field.keys, namespace, byTopic));
  const verdict = together([
    judgeEvents(asked, logged),
    judgeAnswers(field.mended, logged),
    judgeLedger(logged, await field.world.ledger()),
    judgeNotifications(asked, loggedEvents(on('notifications'))),
    judgeState(asked, logged, foldChangelog(on('state.claims'))),
    judgeDeadLetters(on('dlq'), field.poisoned),
    await judgeLag(field),
    ...[edge, seals, keys].flatMap((part) => part?.verdict ?? []),
  ]);
  const figures = {
    ...(edge && { edge: edge.figures }),
    ...(seals && { seals: seals.figures }),
    ...(keys && { keys: keys.figures }),
  };
  return { verdict, records: byTopic, figures };
}

/** Full names; all that there are where something must stand nowhere. */
function topicsOf({ world: { namespace }, edge, seals, keys }: FaultField): readonly string[] {
  const own = [...JUDGED, ...(edge ? PROJECTED : [])].map((name) => topicOf(namespace, name));
  const sealed = seals ? [seals.topic, seals.sealsTopic] : [];
  const every = keys ? loadTopics({ environment: 'test', namespace }).map(({ name }) => name) : [];
  return [...new Set([...own, ...sealed, ...every])];
}

/** Inputs = handled + dead letters: exactly what was sent as poison is there. */
function judgeDeadLetters(records: readonly CommittedRecord[], poisoned: number): Verdict {
  // What was done to a letter stands beside it.
  const letters = records.filter(({ headers }) => !headers.some(([name]) => name === LETTER_HEADER.resolves));
  const none: Verdict = { lost: [], doubled: [], reordered: [], divergent: [] };
  const many = letters.length - poisoned;
  if (many === 0) return none;
  const codes = letters.map(({ headers }) => headers.find(([name]) => name === 'aika-dlq-code')?.[1] ?? '?');
  const said = `${letters.length} dead letters, ${poisoned} were due: ${[...new Set(codes)].join(', ')}`;
  return many > 0 ? { ...none, divergent: [said] } : { ...none, lost: [said] };
}

async function judgeLag(field: FaultField): Promise<Verdict> {
  const groups = await field.admin.groups(`${field.world.namespace}.`);
  const behind = groups.flatMap(({ groupId, lag }) =>
    lag
      .filter((one) => one.lag > 0)
      .map((one) => `${groupId} is ${one.lag} behind on ${one.topic}/${one.partition}`),
  );
  return { lost: [], doubled: [], reordered: [], divergent: behind };
}
