import { describe, expect, it } from '@jest/globals';
import type { CommittedRecord } from '@aika/testing';
import {
  inOrderOfTime,
  isClean,
  judgeEvents,
  judgeLedger,
  judgeNotifications,
  type LoggedEvent,
} from './verdict.js';
import type { Asked } from './workload.js';

const STEPS = [
  'CLAIM_FILED',
  'CLAIM_RESERVED',
  'CLAIM_APPROVED',
  'PAYMENT_SETTLED',
  'CLAIM_PAID',
  'CLAIM_CLOSED',
];

const asked: Asked = {
  customerId: 'cust-1',
  conversationId: 'conv-1',
  claimId: 'clm-1',
  questions: ['msg-q0', 'msg-q1'],
  urgent: [],
};

const step = (type: string): LoggedEvent => ({
  messageId: `msg-${type}`,
  type,
  payload: {
    customerId: 'cust-1',
    claimId: 'clm-1',
    ...(type === 'CLAIM_PAID' ? { amount: { amount: 500 } } : {}),
  },
  causationId: undefined,
});

const answer = (question: string): LoggedEvent => ({
  messageId: `msg-answer-${question}`,
  type: 'COVERAGE_QUESTION_ANSWERED',
  payload: { customerId: 'cust-1' },
  causationId: question,
});

const whole: readonly LoggedEvent[] = [answer('msg-q0'), ...STEPS.map(step), answer('msg-q1')];
const ledger = { count: 1, total: { GBP: 500 } };

describe('the judgement of a campaign', () => {
  it('is clean when each outcome is there once and in order', () => {
    expect(isClean(judgeEvents([asked], whole))).toBe(true);
    expect(isClean(judgeLedger(whole, ledger))).toBe(true);
  });

  it.each(STEPS)('finds that %s is lost', (type) => {
    expect(
      judgeEvents(
        [asked],
        whole.filter((event) => event.type !== type),
      ).lost,
    ).toEqual([`${type} of clm-1`]);
  });

  it.each(STEPS)('finds that %s is there twice under two ids', (type) => {
    const again = { ...step(type), messageId: 'msg-again' };
    expect(judgeEvents([asked], [...whole, again]).doubled).toEqual([`${type} of clm-1`]);
  });

  it('finds one message that is there twice', () => {
    expect(judgeEvents([asked], [...whole, answer('msg-q1')]).doubled).toEqual([
      'message msg-answer-msg-q1',
      'answer to msg-q1',
    ]);
  });

  it('finds a question without an answer', () => {
    expect(judgeEvents([asked], whole.slice(1)).lost).toEqual(['answer to msg-q0']);
  });

  it('lets what is urgent overtake, and each lane keep its own order', () => {
    const overtaken = [answer('msg-q1'), answer('msg-q0'), ...STEPS.map(step)];
    expect(judgeEvents([{ ...asked, urgent: ['msg-q1'] }], overtaken).reordered).toEqual([]);
    const both = { ...asked, urgent: ['msg-q0', 'msg-q1'] };
    expect(judgeEvents([both], overtaken).reordered).toHaveLength(1);
  });

  it('puts lanes together in the order of time, and never swaps two records of one partition', () => {
    const at = (topic: string, partition: number, timestamp: number) =>
      ({ topic, partition, timestamp, value: `${topic}${partition}@${timestamp}` }) as CommittedRecord;
    const records = [at('a', 0, 5), at('a', 0, 3), at('a', 1, 1), at('b', 0, 4), at('b', 0, 9)];
    expect(inOrderOfTime(records).map(({ value }) => value)).toEqual([
      'a1@1',
      'b0@4',
      'a0@5',
      'a0@3',
      'b0@9',
    ]);
  });

  it('finds answers of one customer in another order than the questions', () => {
    const swapped = [answer('msg-q1'), ...STEPS.map(step), answer('msg-q0')];
    expect(judgeEvents([asked], swapped).reordered).toEqual(['answers to cust-1: msg-q1, msg-q0']);
  });

  it('finds a claim that is closed before it is paid', () => {
    const swapped = [...STEPS.slice(0, 4), 'CLAIM_CLOSED', 'CLAIM_PAID'].map(step);
    const { reordered } = judgeEvents([asked], [answer('msg-q0'), ...swapped, answer('msg-q1')]);
    expect(reordered).toEqual([
      'steps of clm-1: CLAIM_FILED, CLAIM_RESERVED, CLAIM_APPROVED, PAYMENT_SETTLED, CLAIM_CLOSED, CLAIM_PAID',
    ]);
  });

  it('finds a payment too many, one too few, and one of another amount at the provider', () => {
    expect(judgeLedger(whole, { count: 2, total: { GBP: 1000 } }).doubled).toEqual([
      '1 payments at the provider',
    ]);
    expect(judgeLedger(whole, { count: 0, total: {} }).lost).toEqual(['1 payments at the provider']);
    expect(judgeLedger(whole, { count: 1, total: { GBP: 499 } }).divergent).toHaveLength(1);
  });
});

describe('the judgement of notifications', () => {
  const about = (type: string, payload: Readonly<Record<string, unknown>>): LoggedEvent => ({
    messageId: `msg-${type}`,
    type,
    payload: { customerId: 'cust-1', notificationId: 'ntf-1', ...payload },
    causationId: undefined,
  });
  const parameters = { claimId: 'clm-1' };
  const requested = about('NOTIFICATION_REQUESTED', { template: 'claim-paid', parameters });
  const closed = about('NOTIFICATION_CLOSED', { outcome: 'DELIVERED' });
  const judge = (...logged: readonly LoggedEvent[]) => judgeNotifications([asked], logged);

  it('is clean when the customer was told once and one outcome is there', () => {
    expect(isClean(judge(requested, closed))).toBe(true);
  });

  it('finds that nobody was told, or that it is not known what became of it', () => {
    expect(judge().lost).toEqual(['notification of clm-1']);
    expect(judge(requested).lost).toEqual(['outcome of ntf-1']);
  });

  it('finds that it was asked for or ended twice', () => {
    expect(judge(requested, requested, closed).doubled).toEqual(['request of ntf-1']);
    expect(judge(requested, closed, closed).doubled).toEqual(['outcome of ntf-1']);
  });

  it('finds that it was not delivered', () => {
    const failed = about('NOTIFICATION_CLOSED', { outcome: 'FAILED' });
    expect(judge(requested, failed).divergent).toEqual(['ntf-1 is FAILED']);
  });
});
