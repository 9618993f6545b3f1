/** `npm start [-- arguments]`: sets the clone up, then runs `aika start` with the arguments. */
import { join } from 'node:path';
import { ROOT, runMain, runProgram, setUp } from './setup.mjs';

await runMain(async () => {
  await setUp();
  return runProgram(join(ROOT, 'apps', 'cli', 'dist', 'main.js'), ['start', ...process.argv.slice(2)]);
});
