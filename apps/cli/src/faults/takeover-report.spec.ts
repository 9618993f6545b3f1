import { describe, expect, it } from '@jest/globals';
import { isTakeoverOk, type TakeoverOutcome, takeoverReport, takeoverSummary } from './takeover-report.js';

const SOUND: TakeoverOutcome = {
  keys: 50_010,
  keysWanted: 50_000,
  sessionMs: 3_000,
  takeovers: [{ ms: 4_100 }, { ms: 5_900 }, { ms: 3_800 }],
  brokerLosses: [{ ms: 8_000 }, { ms: 12_000 }, { ms: 9_500 }],
  troubles: [],
};

describe('the report of takeovers', () => {
  it('gives median, worst and bound of both, and the state that they were measured with', () => {
    expect(takeoverSummary(SOUND)).toEqual({
      takeoverMs: { p50: 4_100, max: 5_900, boundMs: 6_000 },
      brokerLossMs: { p50: 9_500, max: 12_000, boundMs: 30_000 },
      keys: 50_010,
      sessionMs: 3_000,
      ok: true,
    });
  });

  it('bounds a takeover by the session timeout and three seconds', () => {
    expect(isTakeoverOk({ ...SOUND, takeovers: [{ ms: 6_000 }] })).toBe(true);
    expect(isTakeoverOk({ ...SOUND, takeovers: [{ ms: 4_000 }, { ms: 6_001 }] })).toBe(false);
    expect(isTakeoverOk({ ...SOUND, sessionMs: 10_000, takeovers: [{ ms: 12_900 }] })).toBe(true);
  });

  it('bounds the loss of a broker by thirty seconds', () => {
    expect(isTakeoverOk({ ...SOUND, brokerLosses: [{ ms: 30_001 }] })).toBe(false);
  });

  it('is not ok when nothing was measured', () => {
    expect(isTakeoverOk({ ...SOUND, takeovers: [] })).toBe(false);
    expect(isTakeoverOk({ ...SOUND, brokerLosses: [] })).toBe(false);
  });

  it('is not ok with less state than was asked for', () => {
    expect(isTakeoverOk({ ...SOUND, keys: 49_999 })).toBe(false);
  });

  it('is not ok when a run came to no end, and says why', () => {
    const trouble = 'No answer on partition 2 within 120000 ms.';
    const outcome = { ...SOUND, takeovers: [{ ms: 4_000 }, { trouble }] };
    expect(takeoverSummary(outcome)).toMatchObject({ troubles: [trouble], ok: false });
    expect(takeoverReport(outcome, 10_000)).toContain(trouble);
  });

  it('is not ok when questions were never answered', () => {
    expect(isTakeoverOk({ ...SOUND, troubles: ['3 questions were not answered within 120000 ms.'] })).toBe(
      false,
    );
  });

  it('names the session timeout of the measurement and the usual one, and marks a broken bound', () => {
    const lines = takeoverReport({ ...SOUND, brokerLosses: [{ ms: 31_000 }] }, 10_000).split('\n');
    expect(lines[0]).toBe('Session timeout 3.0 s (without a setting 10.0 s)');
    expect(lines.find((line) => line.startsWith('agent killed'))).toMatch(/3 +4\.1 s +5\.9 s +6\.0 s +yes$/);
    expect(lines.find((line) => line.startsWith('broker lost'))).toMatch(/1 +31\.0 s +31\.0 s +30\.0 s +NO$/);
  });
});
