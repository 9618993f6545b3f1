/**
 * `npm test [-- --only unit,int]`: installs what is missing and runs every check and test, all of them even when
 * one fails. The last line is `N passed, N failed` (and `, N skipped`); the exit code is 1 when anything failed.
 */
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { ensureBuilt, isBuilt, runMain, SetupError, setUp } from './setup.mjs';
import { STEPS } from './test-steps.mjs';

await runMain(async () => {
  const steps = chosen(process.argv.slice(2));
  await setUp({ build: false });
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const result of await runAll(steps)) {
    for (const key of Object.keys(total)) total[key] += result[key];
  }
  console.log(`\n${summary(total)}`);
  return total.failed === 0 ? 0 : 1;
});

/**
 * In order; but where there are tests that mostly wait, on sessions of a broker that run out, the checks that only compute
 * come beside the first of them: minutes less on two processors.
 */
async function runAll(steps) {
  const isAside = ({ aside }) => aside && steps.some(({ waits }) => waits);
  const results = [];
  let aside;
  for (const step of steps.filter((each) => !isAside(each))) {
    if (step.waits) aside ??= runBeside(steps.filter(isAside));
    results.push(await timed(step));
  }
  return [...results, ...((await aside) ?? [])];
}

/** One after the other, each told of when it has ended. */
async function runBeside(steps) {
  const results = [];
  for (const step of steps) {
    const [result, seconds] = await measured(step);
    tell(result, `── ${step.title}: ${summary(result)} in ${seconds} s, beside the tests`);
    results.push(result);
  }
  return results;
}

/** @throws SetupError for an argument that names no step, rather than to pass without a test */
function chosen(args) {
  const names = STEPS.map((step) => step.name);
  const only = parseOnly(args);
  if (only === undefined) return STEPS;
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0)
    throw new SetupError(`no step "${unknown.join('", "')}"; there are: ${names.join(', ')}`);
  return STEPS.filter((step) => only.includes(step.name));
}

function parseOnly(args) {
  try {
    return parseArgs({ args, options: { only: { type: 'string' } } }).values.only?.split(',');
  } catch (error) {
    throw new SetupError(`${error.message}; usage: npm test [-- --only step,step]`);
  }
}

async function timed(step) {
  console.log(`\n── ${step.title}`);
  const [result, seconds] = await measured(step);
  tell(result, `   ${summary(result)} in ${seconds} s`);
  return result;
}

async function measured(step) {
  const began = performance.now();
  const result = await run(step);
  return [result, ((performance.now() - began) / 1000).toFixed(1)];
}

function tell({ text }, line) {
  if (text) console.log(text.trimEnd());
  console.log(line);
}

/** A step that throws has failed, and the others still run. */
async function run(step) {
  try {
    if (step.needsBuild && !isBuilt()) await ensureBuilt();
    return await step.run();
  } catch (error) {
    const text = error instanceof SetupError ? error.message : (error.stack ?? String(error));
    return { passed: 0, failed: 1, skipped: 0, text };
  }
}

function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
