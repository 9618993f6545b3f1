#!/usr/bin/env node
/** `npx aika …`: the built command line on the locked Node, built first when its sources have changed. */
import { join } from 'node:path';
import { ROOT, runMain, runProgram, setUp } from '../../../tools/setup.mjs';

await runMain(async () => {
  await setUp();
  return runProgram(join(ROOT, 'apps', 'cli', 'dist', 'main.js'), process.argv.slice(2));
});
