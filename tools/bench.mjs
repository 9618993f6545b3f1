/** `npm run bench [-- arguments]`: sets the clone up, then runs the benchmark with the arguments. */
import { join } from 'node:path';
import { ROOT, runMain, runProgram, setUp } from './setup.mjs';

await runMain(async () => {
  await setUp();
  return runProgram(join(ROOT, 'bench', 'dist', 'main.js'), process.argv.slice(2));
});
