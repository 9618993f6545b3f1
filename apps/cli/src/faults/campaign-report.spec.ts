import { describe, expect, it } from '@jest/globals';
import { type CampaignOutcome, isOk, reportOf, summaryOf } from './campaign-report.js';
import type { KindResult } from './campaign.js';

const clean = { lost: [], doubled: [], reordered: [], divergent: [] };
const kind: KindResult = {
  kind: 'agent-killed',
  runs: 3,
  successes: 18,
  verdict: clean,
  recoveryMs: [3000, 5000, 4000],
  troubles: [],
};
const edge = {
  requests: 54,
  sent: 60,
  failed: 6,
  reads: 90,
  ownWrites: 4,
  streamed: 99,
  reconnects: 2,
  rows: 300,
};
const seals = { lines: 240, verified: 239, seals: 77 };
const keys = { keys: 18, erased: 3, opened: 88, plain: 36 };
const outcome: CampaignOutcome = {
  seed: 7,
  simulated: { crashPoints: 10_000, lost: 0, doubled: 0, reordered: 0, divergent: 0 },
  kinds: [kind],
  controls: [{ name: 'autoCommit', caught: true }],
};

describe('the outcome of a campaign', () => {
  it('is one object with the counts, the recovery times and a verdict', () => {
    expect(summaryOf(outcome)).toEqual({
      seed: 7,
      simulated: { crashPoints: 10_000, lost: 0, doubled: 0, reordered: 0, divergent: 0 },
      kinds: [
        {
          kind: 'agent-killed',
          runs: 3,
          successes: 18,
          lost: 0,
          doubled: 0,
          reordered: 0,
          divergent: 0,
          recoveryMs: { p50: 4000, p99: 5000 },
        },
      ],
      controls: [{ name: 'autoCommit', caught: true }],
      ok: true,
    });
  });

  it.each([
    ['something is lost', { kinds: [{ ...kind, verdict: { ...clean, lost: ['CLAIM_PAID of clm-1'] } }] }],
    ['something is doubled', { kinds: [{ ...kind, verdict: { ...clean, doubled: ['message msg-1'] } }] }],
    ['something is reordered', { kinds: [{ ...kind, verdict: { ...clean, reordered: ['answers'] } }] }],
    ['state diverges', { kinds: [{ ...kind, verdict: { ...clean, divergent: ['state of clm-1'] } }] }],
    ['no claim was settled', { kinds: [{ ...kind, successes: 0 }] }],
    ['a fault was not brought about', { kinds: [{ ...kind, troubles: ['run 1: not reached'] }] }],
    ['the simulation found something', { simulated: { ...outcome.simulated, lost: 1 } as never }],
    ['nobody read the views', { kinds: [{ ...kind, edge: { ...edge, reads: 0 } }] }],
    ['no row was compared', { kinds: [{ ...kind, edge: { ...edge, rows: 0 } }] }],
    ['nothing was sealed', { kinds: [{ ...kind, seals: { ...seals, seals: 0 } }] }],
    ['nothing was verified', { kinds: [{ ...kind, seals: { ...seals, verified: 0 } }] }],
    ['no sealed text was opened', { kinds: [{ ...kind, keys: { ...keys, opened: 0 } }] }],
    ['no plain text was seen where it is', { kinds: [{ ...kind, keys: { ...keys, plain: 0 } }] }],
    ['a control was not caught', { controls: [{ name: 'autoCommit', caught: false }] }],
    ['nothing was done', { simulated: undefined as never, kinds: [], controls: [] }],
  ])('is not ok when %s', (_, change) => {
    expect(isOk({ ...outcome, ...change })).toBe(false);
  });

  it('has what callers and readers saw, where the work came in over HTTP', () => {
    const seen = { ...outcome, kinds: [{ ...kind, edge }] };
    expect(isOk(seen)).toBe(true);
    expect(summaryOf(seen)).toMatchObject({ kinds: [{ kind: 'agent-killed', edge }] });
    expect(reportOf(seen)).toMatch(/agent-killed +54 +60 +6 +90 +4 +99 +2 +300/);
    expect(reportOf(outcome)).not.toContain('reconnects');
  });

  it('has what was looked at of seals and keys, where they were there', () => {
    const seen = {
      ...outcome,
      kinds: [
        { ...kind, seals },
        { ...kind, keys: { ...keys, erased: 0 } },
      ],
    };
    expect(isOk(seen)).toBe(true);
    expect(summaryOf(seen)).toMatchObject({ kinds: [{ seals }, { keys: { opened: 88 } }] });
    expect(reportOf(seen)).toMatch(/agent-killed +240 +239 +77/);
    expect(reportOf(seen)).toMatch(/agent-killed +18 +0 +88 +36/);
    expect(reportOf(outcome)).not.toMatch(/audit lines|plain on commands/);
  });

  it('names in its report what is wrong', () => {
    const wrong = {
      ...kind,
      verdict: { ...clean, lost: ['CLAIM_PAID of clm-1'] },
      troubles: ['run 1: not reached'],
    };
    const report = reportOf({ ...outcome, kinds: [wrong] });
    expect(report).toContain('agent-killed:\n  lost: CLAIM_PAID of clm-1\n  trouble: run 1: not reached');
    expect(report).toMatch(/agent-killed +3 +18 +1 +0 +0 +0 +4\.0 s +5\.0 s/);
  });
});
