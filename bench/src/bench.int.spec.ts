import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '@aika/testing';
import type { BenchOutcome } from './report/bench-report.js';

const BOUND_MS = 120_000;

/** Runs the built benchmark on the test cluster. */
async function bench(...args: readonly string[]) {
  const program = join(repositoryRoot(), 'bench', 'dist', 'main.js');
  const child = spawn(process.execPath, ['--no-warnings', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Many small batches: all outputs in one would have no time between them.
    env: { ...process.env, NODE_OPTIONS: '', AIKA_BATCH_SIZE: '50' },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

describe('the benchmark', () => {
  it(
    'measures two peers on the same records and ends with one line of JSON',
    async () => {
      const peers = ['aika', 'nest'];
      const only = peers.map((peer) => `throughput.${peer}`).join();
      const { code, stdout, stderr } = await bench(
        '--only',
        only,
        '--runs',
        '1',
        '--scale',
        '0.02',
        '--json',
      );
      expect([code, stderr]).toEqual([0, expect.stringContaining('run 1 of 1')]);
      const { rows, skipped } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as BenchOutcome;
      const throughput = rows.filter(({ name }) => name.startsWith('throughput.'));
      expect(throughput).toEqual(
        peers.map((peer, n) => ({
          name: `throughput.${peer}`,
          value: expect.any(Number),
          unit: 'msg/s',
          ratioTo: { [peers[1 - n] ?? '']: expect.any(Number) },
        })),
      );
      expect(throughput.every(({ value }) => value > 0)).toBe(true);
      expect(skipped).toEqual([]);
    },
    BOUND_MS,
  );
});
