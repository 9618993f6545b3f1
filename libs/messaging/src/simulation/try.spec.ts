import { it } from '@jest/globals';
import { simulate } from './simulation.js';
it('tries', async () => {
  const r = await simulate({ crashPoints: Number(process.env['N'] ?? 500), seed: Number(process.env['SEED'] ?? 1), onProgress: (p) => process.stderr.write(`${p.runs} ${p.crashPoints} ${p.elapsedMs} ${p.violations.length}\n`) });
  for (const v of r.violations.slice(0, 6)) process.stderr.write(`${v.seed} ${JSON.stringify(v.faults)} ${JSON.stringify(v.findings)}\n${process.env['TRACE'] ? v.trace.join('\n') : ''}\n`);
  process.stderr.write(JSON.stringify({ ...r, violations: r.violations.length }) + '\n');
}, 600000);
