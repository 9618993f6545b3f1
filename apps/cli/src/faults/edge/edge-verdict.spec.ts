import { describe, expect, it } from '@jest/globals';
import { judgePositions, judgeRequests, judgeStream, judgeViews, type MessageOnLog } from './edge-verdict.js';
import type { Attempt, RequestRecord, Wish } from './request-log.js';

const wish: Wish = {
  key: 'key-1',
  path: '/v1/claims',
  body: {},
  customerId: 'c1',
  conversationId: 'conv-1',
  priority: 'NORMAL',
  waits: undefined,
  isHedged: false,
  command: 'FILE_CLAIM',
  outcome: 'CLAIM_FILED',
};
const accepted: Attempt = { status: 202, messageId: 'msg-1' };
const unknown: Attempt = { status: undefined };
const request = (...attempts: Attempt[]): readonly RequestRecord[] => [{ wish, attempts }];
const onLog = (messageId: string, type: string, conversationId = 'conv-1'): MessageOnLog => ({
  messageId,
  type,
  conversationId,
});
const sent = onLog('msg-1', 'FILE_CLAIM');
const filed = onLog('evt-1', 'CLAIM_FILED');
const clean = { lost: [], doubled: [], reordered: [], divergent: [] };

describe('requests that were accepted', () => {
  it('are one command and one outcome, over repeats that put the same message on the log again', () => {
    const answered = { status: 200, messageId: 'msg-1', outcomeId: 'evt-1' };
    const records = request(unknown, { status: 503 }, accepted, answered);
    expect(judgeRequests(records, [sent, sent], [filed])).toEqual(clean);
  });

  it.each([
    ['not on the log', request(accepted), [], [filed], ['request key-1: accepted as msg-1, not sent']],
    ['without an outcome', request(accepted), [sent], [], ['request key-1: accepted, no CLAIM_FILED']],
    ['another one than was told', request(accepted), [onLog('msg-2', 'FILE_CLAIM')], [filed], 1],
    ['repeated in vain', request(unknown, { status: 503 }), [], [], ['request key-1 was never accepted']],
  ])('are lost when they are %s', (_, records, commands, events, lost) => {
    const found = judgeRequests(records, commands, events).lost;
    expect(typeof lost === 'number' ? found.length : found).toEqual(lost);
  });

  it('are not taken for those of another conversation', () => {
    const others = [onLog('msg-1', 'FILE_CLAIM', 'conv-2'), onLog('evt-1', 'CLAIM_FILED', 'conv-2')];
    expect(judgeRequests(request(accepted), others, others).lost).toHaveLength(2);
  });

  it('are doubled when one key makes two messages or two outcomes', () => {
    const again = { status: 202, messageId: 'msg-2' };
    const commands = [sent, onLog('msg-2', 'FILE_CLAIM')];
    const events = [filed, onLog('evt-2', 'CLAIM_FILED')];
    expect(judgeRequests(request(accepted, again), commands, events).doubled).toEqual([
      'request key-1 was accepted as msg-1 and msg-2',
      'request key-1 was sent as msg-1 and msg-2',
      'request key-1: 2 times CLAIM_FILED',
    ]);
  });

  it('diverge when they are refused, or answered with what did not happen', () => {
    const untrue = { status: 200, messageId: 'msg-1', outcomeId: 'evt-9' };
    expect(judgeRequests(request({ status: 409 }, untrue), [sent], [filed]).divergent).toEqual([
      'request key-1 was refused with 409',
      'request key-1 was answered with evt-9, which is not on the log',
    ]);
  });
});

const at = (offset: number, partition = 0) => ({ topic: 'events', partition, offset });

describe('a reader of the stream', () => {
  it('has seen every event once, partitions mixed', () => {
    expect(judgeStream([at(0), at(7, 1), at(2)], [], [at(0), at(2), at(7, 1)])).toEqual(clean);
  });

  it('misses an event, unless it was told that it is gone', () => {
    const due = [at(0), at(2)];
    expect(judgeStream([at(2)], [], due).lost).toEqual(['events/0/0 on the stream']);
    const gap = { topic: 'events', partition: 0, from: 0, until: 1 };
    expect(judgeStream([at(2)], [gap], due)).toEqual(clean);
    expect(judgeStream([], [gap], due).lost).toEqual(['events/0/2 on the stream']);
  });

  it('has an event twice, out of order, or that nobody committed', () => {
    const verdict = judgeStream([at(2), at(0), at(2), at(5)], [], [at(0), at(2)]);
    expect(verdict).toEqual({
      lost: [],
      doubled: ['events/0/2 on the stream'],
      reordered: ['events/0/0 on the stream'],
      divergent: ['events/0/5 on the stream only'],
    });
  });
});

describe('the views', () => {
  it('diverge where a table differs from the fold, with keys and columns', () => {
    const shown = [{ key: 'clm-1', kind: 'different', columns: ['status'] }];
    const tables = [
      { table: 'events', rows: 9, differences: 0, shown: [] },
      { table: 'claims', rows: 3, differences: 1, shown },
    ];
    expect(judgeViews(tables).divergent).toEqual([
      'view claims: 1 rows differ from the fold: different clm-1 status',
    ]);
  });

  it('stand at the end of every partition, neither before nor behind it', () => {
    const reach = (next: number) => [{ topic: 'ns.events', partition: 3, next }];
    expect(judgePositions(reach(8), reach(8))).toEqual(clean);
    expect(judgePositions(reach(7), reach(8)).lost).toHaveLength(1);
    expect(judgePositions([], reach(8)).lost).toHaveLength(1);
    expect(judgePositions(reach(9), reach(8)).divergent).toHaveLength(1);
  });
});
