import { readFileSync, writeFileSync } from 'node:fs';
import { LoadGenerator } from './load-generator.js';
import type { LoadPlan } from './load-plan.js';

/** A process of its own: what it takes of the CPU is seen apart, and nothing of the benchmark delays its requests. */
async function main([planFile]: readonly string[]): Promise<void> {
  if (planFile === undefined) throw new Error('The generator is started by npm run bench.');
  const plan = JSON.parse(readFileSync(planFile, 'utf8')) as LoadPlan;
  writeFileSync(plan.resultFile, JSON.stringify(await new LoadGenerator(plan).run()));
}

const orphaned = (): void => process.exit(1);
process.once('disconnect', orphaned);
await main(process.argv.slice(2));
process.off('disconnect', orphaned);
process.disconnect?.();
