import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { freePort, repositoryRoot } from '@aika/testing';
import { inNamespace } from '../cluster/bench-cluster.js';
import { row } from '../report/bench-row.js';
import { median } from '../report/statistics.js';
import type { BenchContext, BenchResult, Benchmark } from './benchmark.js';

interface PortfolioSummary {
  readonly mismatches: number;
  readonly seconds: number;
  readonly messagesPerSecond: number;
}

/** The whole portfolio by `aika portfolio`, with its own comparison of every figure. */
export const portfolio: Benchmark = {
  name: 'portfolio',
  title: 'the whole portfolio through the agents',
  run: measure,
};

async function measure(context: BenchContext): Promise<BenchResult> {
  const summaries: PortfolioSummary[] = [];
  for (let run = 1; run <= context.runs; run++) {
    const summary = await inNamespace(context.cluster, `portfolio-${run}`, (cluster) =>
      one({ ...context, cluster }),
    );
    summaries.push(summary);
    context.onProgress(
      `run ${run} of ${context.runs}: ${summary.seconds} s, ${summary.mismatches} mismatches`,
    );
  }
  return {
    rows: [
      row('portfolio', median(summaries.map(({ seconds }) => seconds)), 's'),
      row('portfolio.messages', median(summaries.map(({ messagesPerSecond }) => messagesPerSecond)), 'msg/s'),
    ],
  };
}

/** @throws Error when the replay fails or has a mismatch: a fast wrong answer is none */
async function one({ cluster, scale, signal }: BenchContext): Promise<PortfolioSummary> {
  const { brokers, namespace } = cluster;
  const ports = [await freePort(), await freePort(), await freePort(), await freePort()];
  const program = join(repositoryRoot(), 'apps', 'cli', 'dist', 'main.js');
  const child = spawn(
    process.execPath,
    [program, 'portfolio', '--json', '--share', String(Math.min(1, scale))],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        KAFKA_BROKERS: brokers.join(','),
        AIKA_NAMESPACE: namespace,
        AIKA_AGENT_PORTS: ports.join(','),
        AIKA_PAYMENTS_PORT: String(await freePort()),
      },
    },
  );
  const interrupt = (): void => void child.kill('SIGTERM');
  signal.addEventListener('abort', interrupt, { once: true });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [code] = (await once(child, 'close')) as [number | null];
  signal.removeEventListener('abort', interrupt);
  signal.throwIfAborted();
  if (code !== 0) throw new Error(`aika portfolio ended with code ${code}:\n${output}`);
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as PortfolioSummary;
}
