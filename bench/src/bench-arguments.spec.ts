import { describe, expect, it } from '@jest/globals';
import { benchArguments } from './bench-arguments.js';

const NAMES = ['throughput', 'throughput.aika', 'fnol'];

describe('the arguments of the benchmark', () => {
  it('mean everything, three runs and a table when there are none', () => {
    expect(benchArguments([], NAMES)).toEqual({
      only: ['throughput', 'fnol'],
      runs: 3,
      scale: 1,
      json: false,
    });
  });

  it('choose parts, in the order of the benchmark', () => {
    const args = ['--only', 'fnol,throughput.aika', '--runs', '1', '--scale', '0.1', '--json'];
    expect(benchArguments(args, NAMES)).toEqual({
      only: ['throughput.aika', 'fnol'],
      runs: 1,
      scale: 0.1,
      json: true,
    });
  });

  it('that name an unknown part are refused with the names that there are', () => {
    expect(() => benchArguments(['--only', 'speed'], NAMES)).toThrow(
      '--only: speed is none of throughput, throughput.aika, fnol.',
    );
  });

  it.each([
    [['--runs', '0'], '--runs must be a whole number from 1, not "0".'],
    [['--runs', 'x'], '--runs must be a whole number from 1, not "x".'],
    [['--scale', '0'], '--scale must be above 0 and at most 10, not "0".'],
    [['--fast'], 'Usage: npm run bench'],
    [['throughput'], 'Usage: npm run bench'],
  ])('%j are refused', (args, message) => {
    expect(() => benchArguments(args, NAMES)).toThrow(message);
  });
});
