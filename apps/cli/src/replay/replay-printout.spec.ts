import { describe, expect, it } from '@jest/globals';
import { COMPARED, type ReplayReport } from '@aika/messaging';
import { replayPrintout } from './replay-printout.js';

const none = { same: 0, different: 0, missing: 0, extra: 0 };
const report: ReplayReport = {
  agentId: 'claims-processing-agent',
  namespace: 'aika',
  isSame: true,
  isInterrupted: false,
  partitions: [
    {
      partition: 2,
      from: '2026-03-01T09:00:00.000Z',
      until: '2026-03-01T09:05:00.000Z',
      messages: 12,
      timers: 1,
      effects: 2,
    },
  ],
  compared: {
    ...(Object.fromEntries(COMPARED.map((of) => [of, none])) as ReplayReport['compared']),
    outputs: { ...none, same: 30 },
  },
  differenceCount: 0,
  differences: [],
  notes: [],
  tookMs: 500,
  peakMemoryMb: 120,
};
const different: ReplayReport = {
  ...report,
  isSame: false,
  differenceCount: 21,
  differences: [
    {
      of: 'outputs',
      verdict: 'different',
      id: 'msg-1',
      name: 'CLAIM_APPROVED',
      customerId: 'cust-1',
      partition: 2,
      fields: [{ path: 'payload.amount.amount' }],
    },
  ],
};

describe('the printout of a replay', () => {
  it('says that it is the same', () => {
    const text = replayPrintout(report);
    expect(text).toMatch(/^2 {10}2026-03-01T09:00:00.000Z {2}2026-03-01T09:05:00.000Z {2}12 /m);
    expect(text).toMatch(/^outputs +30 +0 +0 +0$/m);
    expect(text).toContain('15 steps in 0.5 s, 30 a second; 120 MB of memory at most.');
    expect(text).toMatch(/claims-processing-agent makes the same of its history\.\n$/);
  });

  it('names what differs, and how much is not shown', () => {
    const text = replayPrintout(different);
    expect(text).toMatch(/^different +outputs: CLAIM_APPROVED +msg-1 +cust-1 +payload\.amount\.amount$/m);
    expect(text).toContain('20 more differences');
    expect(text).toMatch(/something else of its history: 21 differences\.\n$/);
    expect(text).not.toContain('RECORDED');
  });

  it('shows values that it was given', () => {
    const [first] = different.differences;
    const fields = [{ path: 'payload.amount.amount', recorded: 100, now: undefined }];
    const text = replayPrintout({ ...different, differences: [{ ...first!, fields }] });
    expect(text).toMatch(/FIELD +RECORDED +NOW/);
    expect(text).toMatch(/payload\.amount\.amount +100 +\(not there\)$/m);
  });

  it.each([
    ['interrupted', { isSame: false, isInterrupted: true }, 'Interrupted: 1 partitions'],
    ['of nothing', { partitions: [] }, 'Nothing of claims-processing-agent was handled'],
    ['written', { writtenTo: 'again' }, 'AIKA_NAMESPACE=again'],
    ['limited', { notes: ['history begins late'] }, 'Note: history begins late'],
  ])('tells that it was %s', (_what, change, text) => {
    expect(replayPrintout({ ...report, ...change })).toContain(text);
  });
});
