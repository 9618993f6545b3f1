import { describe, expect, it } from '@jest/globals';
import { latencyRows, toldLatencies } from './latency-rows.js';

describe('latencies of several runs', () => {
  it("are reported as medians of the runs' percentiles, so that one bad run does not decide", () => {
    const runs = new Map([
      [
        'ask.idle',
        new Map([
          [
            'aika',
            [
              [1, 2, 3],
              [10, 20, 900],
              [2, 4, 6],
            ],
          ],
        ]),
      ],
    ]);
    expect(latencyRows(runs).map(({ name, value, unit }) => [name, value, unit])).toEqual([
      ['ask.idle.p50.aika', 4, 'ms'],
      ['ask.idle.p99.aika', 6, 'ms'],
    ]);
  });

  it('are compared between peers', () => {
    const runs = new Map([
      [
        'ask',
        new Map([
          ['aika', [[20]]],
          ['nest', [[5]]],
        ]),
      ],
    ]);
    expect(latencyRows(runs)[0]?.ratioTo).toEqual({ nest: 4 });
  });

  it('are told with how many there were', () => {
    expect(toldLatencies([1, 2, 30])).toBe('p50 2.0 ms, p99 30.0 ms of 3');
  });
});
