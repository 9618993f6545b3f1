import { describe, expect, it } from '@jest/globals';
import { faultsOf } from './output-check.js';

const output = (causedBy: string, customerId: string, approved?: number): string =>
  JSON.stringify({ payload: { causedBy, customerId, parameters: { approved: String(approved) } } });
const expected = { inputs: 3, exactlyOnce: true, withState: true };
const good = [output('m1', 'a', 1), output('m2', 'a', 2), output('m3', 'b', 1)];

describe('the work of a peer', () => {
  it('is right with one output for each input and state that counted them', () => {
    expect(faultsOf(good, expected)).toEqual([]);
  });

  it('is wrong when an input has no output', () => {
    expect(faultsOf(good.slice(0, 2), expected)).toContain('2 of 3 inputs have an output');
  });

  it('is wrong when an output is doubled, unless only at-least-once was promised', () => {
    const doubled = [...good, good[0]!];
    expect(faultsOf(doubled, expected)).toEqual(['1 outputs are doubled']);
    expect(faultsOf(doubled, { ...expected, exactlyOnce: false })).toEqual([]);
  });

  it('is wrong when state lost an input', () => {
    const forgetful = [output('m1', 'a', 1), output('m2', 'a', 1), output('m3', 'b', 1)];
    expect(faultsOf(forgetful, expected)).toEqual(['state counted 2 of 3 inputs']);
    expect(faultsOf(forgetful, { ...expected, withState: false })).toEqual([]);
  });
});
