/** `npm run fuzz [-- arguments]`: sets the clone and schemathesis up, then runs `aika fuzz` with the arguments. */
import { join } from 'node:path';
import { ensurePython, pythonBinary, pythonVersion } from './python-venv.mjs';
import { ROOT, runMain, runProgram, SetupError, setUp } from './setup.mjs';

/** What the pinned schemathesis needs. */
const OLDEST_PYTHON = [3, 11];

await runMain(async () => {
  await setUp();
  const program = join(ROOT, 'apps', 'cli', 'dist', 'main.js');
  const env = { ...process.env, AIKA_PYTHON: await pythonWithSchemathesis() };
  return runProgram(program, ['fuzz', ...process.argv.slice(2)], { env });
});

async function pythonWithSchemathesis() {
  process.stderr.write('aika: schemathesis …\n');
  const { code, output } = await ensurePython('fuzz-requirements.txt');
  if (code === 0) return pythonBinary();
  const [major = 0, minor = 0] = await pythonVersion();
  const [oldestMajor, oldestMinor] = OLDEST_PYTHON;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    throw new SetupError(
      `The fuzz needs Python ${OLDEST_PYTHON.join('.')} or newer as python3; here it is ` +
        `${major === 0 ? 'missing' : `${major}.${minor}`}. After installing one, delete .aika/venv and start again.`,
    );
  }
  throw new SetupError(`schemathesis could not be installed:\n${output}`);
}
