import type { CommittedRecord } from '@aika/testing';
import type { Asked } from './workload.js';

/** What a check found; every list names what is wrong, and is empty when nothing is. */
export interface Verdict {
  /** Messages or outcomes that should be there and are not. */
  readonly lost: readonly string[];
  /** Outcomes, message ids or payments that are there more than once. */
  readonly doubled: readonly string[];
  /** Outcomes of one key in another order than its inputs. */
  readonly reordered: readonly string[];
  /** State, ledger or offsets that do not agree with the events. */
  readonly divergent: readonly string[];
}

/** An event as it stands on the log. */
export interface LoggedEvent {
  readonly messageId: string;
  readonly type: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly causationId: string | undefined;
}

/** Exactly one of each stands on the log for a claim that is paid, in this order. */
export const CLAIM_STEPS = [
  'CLAIM_FILED',
  'CLAIM_RESERVED',
  'CLAIM_APPROVED',
  'PAYMENT_SETTLED',
  'CLAIM_PAID',
  'CLAIM_CLOSED',
] as const;

/**
 * Records of several topics as one list: each partition's order stays, and between partitions the brokers' time
 * decides. What an agent does in one lane may have waited for a message of the other.
 */
export function inOrderOfTime(records: readonly CommittedRecord[]): readonly CommittedRecord[] {
  const lists = [...Map.groupBy(records, ({ topic, partition }) => `${topic}/${partition}`).values()];
  const left = lists.map((list) => list.toReversed());
  return records.flatMap(() => {
    const heads = left.filter((list) => list.length > 0);
    const next = heads.sort((a, b) => a.at(-1)!.timestamp - b.at(-1)!.timestamp)[0];
    return next?.pop() ?? [];
  });
}

export function loggedEvents(records: readonly CommittedRecord[]): readonly LoggedEvent[] {
  return records.flatMap(({ value }) => {
    if (value === null) return [];
    const { messageId, messageType, payload, metadata } = JSON.parse(value) as {
      readonly messageId: string;
      readonly messageType: string;
      readonly payload: Record<string, unknown>;
      readonly metadata: { readonly causationId?: string };
    };
    return [{ messageId, type: messageType, payload, causationId: metadata.causationId }];
  });
}

/**
 * Counts what stands on the log against what was asked. Records of one partition have to be in their order; all
 * of a customer's in one lane are on one.
 */
export function judgeEvents(asked: readonly Asked[], events: readonly LoggedEvent[]): Verdict {
  const lost: string[] = [];
  const doubled = repeated(events.map(({ messageId }) => messageId)).map((id) => `message ${id}`);
  const reordered: string[] = [];
  const byClaim = Map.groupBy(events, ({ payload }) => String(payload['claimId'] ?? ''));
  const answers = Map.groupBy(
    events.filter(({ type }) => type === 'COVERAGE_QUESTION_ANSWERED'),
    ({ payload }) => String(payload['customerId']),
  );
  for (const { customerId, claimId, questions, urgent } of asked) {
    const steps = (byClaim.get(claimId) ?? []).map(({ type }) => type).filter(isStep);
    for (const step of CLAIM_STEPS) {
      const count = steps.filter((found) => found === step).length;
      if (count === 0) lost.push(`${step} of ${claimId}`);
      if (count > 1) doubled.push(`${step} of ${claimId}`);
    }
    if (!isOrdered(steps, CLAIM_STEPS)) reordered.push(`steps of ${claimId}: ${steps.join(', ')}`);
    const answered = (answers.get(customerId) ?? []).map(({ causationId }) => causationId ?? '');
    lost.push(...questions.filter((id) => !answered.includes(id)).map((id) => `answer to ${id}`));
    doubled.push(...repeated(answered).map((id) => `answer to ${id}`));
    // What is urgent overtakes: each lane has an order of its own.
    for (const isInLane of [(id: string) => urgent.includes(id), (id: string) => !urgent.includes(id)]) {
      const inLane = answered.filter(isInLane);
      if (!isOrdered(inLane, questions)) reordered.push(`answers to ${customerId}: ${inLane.join(', ')}`);
    }
  }
  return { lost, doubled, reordered, divergent: [] };
}

/** Messages outside of the workload that have to be answered, each once. */
export function judgeAnswers(ids: readonly string[], events: readonly LoggedEvent[]): Verdict {
  const answered = events.map(({ causationId }) => causationId).filter((id) => id !== undefined);
  const times = (id: string): number => answered.filter((one) => one === id).length;
  return {
    lost: ids.filter((id) => times(id) === 0).map((id) => `answer to ${id}`),
    doubled: ids.filter((id) => times(id) > 1).map((id) => `answer to ${id}`),
    reordered: [],
    divergent: [],
  };
}

/** Payments that the provider made, against those that the events tell of. */
export function judgeLedger(
  events: readonly LoggedEvent[],
  ledger: { readonly count: number; readonly total: Readonly<Record<string, number>> },
): Verdict {
  const paid = events.filter(({ type }) => type === 'CLAIM_PAID');
  const total = paid.reduce((sum, { payload }) => sum + (payload['amount'] as { amount: number }).amount, 0);
  const found = Object.values(ledger.total).reduce((sum, amount) => sum + amount, 0);
  const divergent =
    found === total ? [] : [`the provider paid ${found} in all, the events tell of ${total} (minor units)`];
  const many = ledger.count - paid.length;
  return {
    lost: many < 0 ? [`${-many} payments at the provider`] : [],
    doubled: many > 0 ? [`${many} payments at the provider`] : [],
    reordered: [],
    divergent,
  };
}

/**
 * Each paid claim's customer was told so, and each notification has one outcome: what is asked for stands on the same
 * topic as what became of it.
 */
export function judgeNotifications(asked: readonly Asked[], logged: readonly LoggedEvent[]): Verdict {
  const idsOf = (type: string): readonly string[] =>
    logged.filter((one) => one.type === type).map(({ payload }) => String(payload['notificationId']));
  const [requested, closed] = [idsOf('NOTIFICATION_REQUESTED'), idsOf('NOTIFICATION_CLOSED')];
  const ended = new Set(closed);
  const told = new Set(
    logged
      .filter(({ payload }) => payload['template'] === 'claim-paid')
      .map(({ payload }) => (payload['parameters'] as Readonly<Record<string, string>>)['claimId']),
  );
  return {
    lost: [
      ...asked.filter(({ claimId }) => !told.has(claimId)).map(({ claimId }) => `notification of ${claimId}`),
      ...requested.filter((id) => !ended.has(id)).map((id) => `outcome of ${id}`),
    ],
    doubled: [
      ...repeated(requested).map((id) => `request of ${id}`),
      ...repeated(closed).map((id) => `outcome of ${id}`),
    ],
    reordered: [],
    divergent: logged
      .filter(({ type, payload }) => type === 'NOTIFICATION_CLOSED' && payload['outcome'] !== 'DELIVERED')
      .map(({ payload }) => `${String(payload['notificationId'])} is ${String(payload['outcome'])}`),
  };
}

export function together(verdicts: readonly Verdict[]): Verdict {
  return {
    lost: verdicts.flatMap(({ lost }) => lost),
    doubled: verdicts.flatMap(({ doubled }) => doubled),
    reordered: verdicts.flatMap(({ reordered }) => reordered),
    divergent: verdicts.flatMap(({ divergent }) => divergent),
  };
}

export function isClean({ lost, doubled, reordered, divergent }: Verdict): boolean {
  return lost.length + doubled.length + reordered.length + divergent.length === 0;
}

function isStep(type: string): boolean {
  return CLAIM_STEPS.some((step) => step === type);
}

/** Whether what was found comes in the order of `expected`; repeats count as one. */
function isOrdered(found: readonly string[], expected: readonly string[]): boolean {
  const places = [...new Set(found)].map((one) => expected.indexOf(one));
  return places.every((place, n) => n === 0 || place > (places[n - 1] as number));
}

function repeated(values: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).map(([value]) => value);
}
