import { describe, expect, it } from '@jest/globals';
import { type HttpRun, httpRows, toldKinds } from './http-rows.js';

function run(changes: Partial<HttpRun> = {}): HttpRun {
  return {
    seconds: 2,
    reads: { claim: [1, 2], agents: [90] },
    writes: { quote: [7] },
    ...{ errors: 0, lost: 0, lag: 3, settled: 1, cpuMs: { gateway: 500 } },
    ...changes,
  };
}

const valueOf = (runs: readonly HttpRun[], name: string) =>
  httpRows('http', runs).find((each) => each.name === name)?.value;

describe('the rows of the load over HTTP', () => {
  it('count every kind of a group, and requests that were answered only', () => {
    expect(valueOf([run()], 'http.reads.p50')).toBe(2);
    expect(valueOf([run()], 'http.reads.p99')).toBe(90);
    expect(valueOf([run()], 'http.writes.p99')).toBe(7);
    expect(valueOf([run()], 'http.requests')).toBe(2);
  });

  it('show CPU in percent of one core', () => {
    expect(valueOf([run()], 'http.cpu.gateway')).toBe(25);
  });

  it('are medians, but an error of one run is not outvoted by two without', () => {
    const runs = [run(), run(), run({ errors: 4, lost: 1, writes: { quote: [900] } })];
    expect(valueOf(runs, 'http.writes.p99')).toBe(7);
    expect(valueOf(runs, 'http.errors')).toBe(4);
    expect(valueOf(runs, 'http.lost')).toBe(1);
  });

  it('are told by kind, the slowest first', () => {
    expect(toldKinds({ claim: [1], agents: [90] })).toBe('agents 90, claim 1');
  });
});
