import { describe, expect, it } from '@jest/globals';
import { TimerIndex } from './timer-index.js';

const COUNT = 1_000_000;
const ASKED = 2000;

describe('a million pending timers', () => {
  /** Milliseconds that asking and moving one timer takes, the best of five rounds. */
  function costOf(count: number): number {
    const index = new TimerIndex();
    for (let n = 0; n < count; n++) index.set(`t/cust-${n}/reminder`, 1_000_000 + ((n * 7919) % count));
    const rounds = Array.from({ length: 5 }, (_, round) => {
      const startedAt = performance.now();
      for (let n = 0; n < ASKED; n++) {
        index.due(999_999, 500);
        index.set(`t/cust-${n}/reminder`, 1_000_000 + round * ASKED + n);
        index.next();
      }
      return performance.now() - startedAt;
    });
    return Math.min(...rounds) / ASKED;
  }

  it('are not looked through: asking for what is due costs about as much as with a thousand', () => {
    const [few, many] = [costOf(1000), costOf(COUNT)];
    // A scan would cost a thousand times as much; the floor is for clocks that see no time pass.
    expect(many).toBeLessThan(20 * Math.max(few, 0.002));
  });
});
