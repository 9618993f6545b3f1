import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ControlResult, SimulatedSummary } from './campaign-report.js';
import type { SimulationNews, SimulationOrder } from './simulation-worker.js';

const WORKER = fileURLToPath(new URL('simulation-worker.js', import.meta.url));
const EVERY_POINTS = 1000;

/** Runs the agents' task through so many simulated crash points. Violations are progress lines, as JSON. */
export async function simulated(
  order: Omit<SimulationOrder, 'controls'>,
  onProgress: (line: string) => void,
): Promise<SimulatedSummary> {
  let told = 0;
  const news = await run({ ...order, controls: false }, (crashPoints) => {
    if (crashPoints < told + EVERY_POINTS) return;
    told = crashPoints - (crashPoints % EVERY_POINTS);
    onProgress(`simulation: ${crashPoints} crash points`);
  });
  if (news?.kind !== 'simulated') throw new Error('The simulation ended without a report.');
  const { crashPoints, lost, doubled, reordered, divergent, violations } = news.report;
  for (const { seed, faults, findings } of violations) onProgress(JSON.stringify({ seed, faults, findings }));
  return { crashPoints, lost, doubled, reordered, divergent };
}

/** Adapters with a known fault, each of which the checks have to notice. */
export async function simulatedControls(seed: number): Promise<readonly ControlResult[]> {
  const news = await run({ crashPoints: 0, seed, controls: true }, () => undefined);
  if (news?.kind !== 'controls') throw new Error('The controls ended without a report.');
  return news.reports.map(({ name, caught }) => ({ name, caught }));
}

async function run(
  order: SimulationOrder,
  onCrashPoints: (count: number) => void,
): Promise<SimulationNews | undefined> {
  const child = fork(WORKER, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  let last: SimulationNews | undefined;
  child.on('message', (news: SimulationNews) => {
    if (news.kind === 'progress') onCrashPoints(news.crashPoints);
    else last = news;
  });
  const exited = once(child, 'exit');
  child.send(order);
  await exited;
  return last;
}
