import { describe, expect, it } from '@jest/globals';
import { CONTROLS } from './controls.js';
import { simulateRun } from './simulated-run.js';
import { simulate, simulateControls } from './simulation.js';

/** These take seconds of one core; on a busy machine they have to wait for it. */
const TIMEOUT_MS = 300_000;

describe('the agents’ task under simulated faults', () => {
  it(
    'loses, doubles and reorders nothing, and its state is that of its outputs',
    async () => {
      const report = await simulate({ crashPoints: 300, seed: 7 });
      expect(report.violations).toEqual([]);
      expect(report).toMatchObject({ lost: 0, doubled: 0, reordered: 0, divergent: 0 });
      expect(report.crashPoints).toBeGreaterThanOrEqual(300);
      expect(report.outcomes).toMatchObject({
        'crash-before': expect.any(Number),
        'crash-after': expect.any(Number),
        'pause-before': expect.any(Number),
        'pause-after': expect.any(Number),
        shutdown: expect.any(Number),
        fenced: expect.any(Number),
        'copy-failed': expect.any(Number),
      });
    },
    TIMEOUT_MS,
  );

  it(
    'goes the same way event for event under the same seed, and another way under another',
    async () => {
      const run = async (seed: number) =>
        simulateRun({ seed, faults: [{ process: 'one', point: 40, outcome: 'crash-after' }] });
      const [first, second, other] = [await run(11), await run(11), await run(12)];
      expect(first.trace.length).toBeGreaterThan(100);
      expect(first.trace).toEqual(second.trace);
      expect(first.trace).not.toEqual(other.trace);
    },
    TIMEOUT_MS,
  );

  it(
    'starts a process once that dies while it ends',
    async () => {
      const { trace, findings } = await simulateRun({
        seed: 1585465002,
        faults: [
          { process: 'two', point: 1, outcome: 'shutdown' },
          { process: 'two', point: 4, outcome: 'crash-before' },
          { process: 'two', point: 5, outcome: 'crash-after' },
          { process: 'two', point: 7, outcome: 'shutdown' },
        ],
      });
      const told = (event: string) =>
        trace.filter((line) => line.startsWith('0 two.1') && line.endsWith(event));
      expect(
        [told('is asked to end'), told('is dead'), told('has ended')].map(({ length }) => length),
      ).toEqual([1, 1, 0]);
      expect(findings).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it(
    'leaves the timers and the clock of this process as they were',
    async () => {
      const before = [setTimeout, setImmediate, Date, Math.random, AbortSignal.timeout];
      await simulate({ only: { seed: 1, faults: [] } });
      expect([setTimeout, setImmediate, Date, Math.random, AbortSignal.timeout]).toEqual(before);
      expect(Math.abs(performance.timeOrigin + performance.now() - Date.now())).toBeLessThan(60_000);
    },
    TIMEOUT_MS,
  );
});

describe('what the checks have to notice', () => {
  it(
    'is caught, each of it',
    async () => {
      const reports = await simulateControls({ seed: 3 });
      expect(reports.map(({ name, caught }) => ({ name, caught }))).toEqual([
        { name: 'offsets without generation', caught: true },
        { name: 'stock read_committed filter', caught: true },
        { name: 'autoCommit', caught: true },
        { name: 'deduplication off', caught: true },
        { name: 'a copy whose position is ahead of it', caught: true },
      ]);
    },
    TIMEOUT_MS,
  );

  it(
    'can be repeated alone with the seed and the faults of the report',
    async () => {
      const decorate = CONTROLS[0]?.decorate;
      const found = await simulate({ crashPoints: 2_000, seed: 3, decorate, stopAtFirst: true });
      const [violation] = found.violations;
      const { seed = 0, faults = [], findings } = violation ?? {};
      const again = await simulate({ only: { seed, faults }, decorate });
      expect(again.violations[0]?.findings).toEqual(findings);
      expect(again.violations[0]?.trace).toEqual(violation?.trace);
    },
    TIMEOUT_MS,
  );
});
