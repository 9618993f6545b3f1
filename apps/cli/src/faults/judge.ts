import { lanesOf, topicOf } from '@aika/contracts';
import { LETTER_HEADER } from '@aika/messaging';
import { type CommittedRecord, readCommittedWithJava } from '@aika/testing';
import { type EdgeFigures, judgeEdge, PROJECTED } from './edge/edge-judge.js';
import type { FaultField } from './fault-field.js';
import { foldChangelog, judgeState } from './state-check.js';
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

export interface Judgement {
  readonly verdict: Verdict;
  /** What was read, by full topic name. */
  readonly records: ReadonlyMap<string, readonly CommittedRecord[]>;
  readonly edge?: EdgeFigures;
}

/** From outside: what Java's consumer reads, and the provider's own ledger. */
export async function judge(field: FaultField, asked: readonly Asked[]): Promise<Judgement> {
  const { namespace, brokers } = field.world;
  const names = [...JUDGED, ...(field.edge ? PROJECTED : [])];
  const topics = [...new Set(names)].map((name) => topicOf(namespace, name));
  const byTopic = new Map<string, CommittedRecord[]>(topics.map((topic) => [topic, []]));
  for await (const record of readCommittedWithJava(brokers, topics)) byTopic.get(record.topic)?.push(record);
  const on = (name: string): readonly CommittedRecord[] => byTopic.get(topicOf(namespace, name)) ?? [];
  const logged = loggedEvents(inOrderOfTime(lanesOf('events').flatMap(on)));
  const edge = field.edge && (await judgeEdge(field.edge, field.world, byTopic));
  const verdict = together([
    judgeEvents(asked, logged),
    judgeAnswers(field.mended, logged),
    judgeLedger(logged, await field.world.ledger()),
    judgeNotifications(asked, loggedEvents(on('notifications'))),
    judgeState(asked, logged, foldChangelog(on('state.claims'))),
    judgeDeadLetters(on('dlq'), field.poisoned),
    await judgeLag(field),
    ...(edge ? [edge.verdict] : []),
  ]);
  return { verdict, records: byTopic, ...(edge ? { edge: edge.figures } : {}) };
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
