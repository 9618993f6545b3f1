/**
 * Makes a clone runnable: checks Node, installs dependencies, builds. Runs on Node >= 20.19 with nothing
 * installed, so it uses Node's own modules only. Progress goes to stderr; stdout belongs to the program.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { clearInterval, setInterval } from 'node:timers';
import { fileURLToPath } from 'node:url';

/** The repository's top folder. */
export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = [20, 19];
const BUILD_STAMP = join(ROOT, '.aika', 'build.stamp');
const LOCK_STAMP = join(ROOT, 'node_modules', '.aika-lock');

/** Something the user has to put right; its message is all they need to see. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** @throws SetupError when this Node is too old even to set up */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  throw new SetupError(
    `Aika needs Node ${OLDEST_NODE.join('.')} or newer, this is ${version}. Install a newer one from nodejs.org ` +
      'or your package manager; the exact version that Aika runs on then comes with its dependencies.',
  );
}

/** Installs and builds what is missing or out of date; quick (about 0.1 s) when nothing is. */
export async function setUp({ build = true } = {}) {
  checkNode();
  if (isInstalled() && (!build || isBuilt())) return;
  await withLock(async () => {
    await ensureInstalled();
    if (build) await ensureBuilt();
  });
}

/** True when node_modules is what package-lock.json says. */
export function isInstalled() {
  if (!existsSync(LOCK_STAMP)) return adoptInstallation();
  return readFileSync(LOCK_STAMP, 'utf8') === lockHash();
}

/** Installs the locked dependencies unless they are there. @throws SetupError with npm's output */
export async function ensureInstalled() {
  if (isInstalled()) return;
  await quietly(
    'installing dependencies (once, about a minute)',
    ...npm('ci', '--include=dev', '--no-audit', '--no-fund'),
  );
  writeFileSync(LOCK_STAMP, lockHash());
}

/** True when every package's sources are those of the last build. */
export function isBuilt() {
  return (
    existsSync(BUILD_STAMP) &&
    readFileSync(BUILD_STAMP, 'utf8') === sourcesHash() &&
    outputs().every(existsSync)
  );
}

/** Builds unless that is done; `force` asks nx even so. @throws SetupError with the compiler's output */
export async function ensureBuilt({ force = false } = {}) {
  if (!force && isBuilt()) return;
  // Taken before: a source that changes during the build is then built again next time.
  const stamp = sourcesHash();
  rmSync(BUILD_STAMP, { force: true });
  await quietly('building', nodeBinary(), [nxProgram(), 'run-many', '-t', 'build'], { env: nxEnvironment() });
  mkdirSync(join(ROOT, '.aika'), { recursive: true });
  writeFileSync(BUILD_STAMP, stamp);
}

/** The Node that Aika runs on: the locked `node` package's, whatever Node started this. */
export function nodeBinary() {
  const locked = join(
    ROOT,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  if (existsSync(locked)) return locked;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new SetupError(
    `${locked} is missing. It comes with the dependencies unless npm is told to ignore install scripts: ` +
      'delete node_modules and start again without that setting, or start with Node 24.',
  );
}

/** The environment for every tool: the locked programs first in PATH, so that `node` means the locked one. */
export function toolEnvironment(extra = {}) {
  const binaries = join(ROOT, 'node_modules', '.bin');
  return { ...process.env, PATH: `${binaries}${delimiter}${process.env.PATH ?? ''}`, ...extra };
}

/** nx without a daemon or a screen of its own, and with plugins in its process: 2 s instead of 8. */
export function nxEnvironment() {
  return toolEnvironment({ NX_ISOLATE_PLUGINS: 'false', NX_TUI: 'false', NX_DAEMON: 'false' });
}

/** The file to run nx from. */
export function nxProgram() {
  const folder = join(ROOT, 'node_modules', 'nx');
  return join(folder, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).bin.nx);
}

/**
 * Runs a program of this repository on the locked Node with this process's streams, passes SIGINT and SIGTERM on,
 * and gives its exit code (128 + n when signal n ended it). It gets SIGTERM when this process dies.
 */
export function runProgram(program, args, { env = process.env } = {}) {
  const withParent = new URL('exit-with-parent.mjs', import.meta.url).href;
  const node = ['--enable-source-maps', '--import', withParent, program, ...args];
  const child = spawn(nodeBinary(), node, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...env, AIKA_EXIT_WITH_PARENT: '1' },
  });
  const stopPassing = passSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      stopPassing();
      resolve(code ?? 128 + (constants.signals[signal] ?? 0));
    });
  });
}

/** Runs `main`, prints a SetupError as one message, and exits with the code that it gives. */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`aika: ${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Runs a command with its output held back and shown on failure only. @throws SetupError */
export async function quietly(what, command, args, options = {}) {
  const began = performance.now();
  process.stderr.write(`aika: ${what} …\n`);
  const { code, output } = await capture(command, args, options);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  if (code !== 0) throw new SetupError(`${what} failed after ${seconds} s:\n${output}`);
  process.stderr.write(`aika: ${what}: done in ${seconds} s\n`);
}

/**
 * Runs a command to its end; `code` is 127 when it could not be started. Output is stdout and stderr as they came.
 * `onStart` gets the process.
 */
export function capture(command, args, { onStart, ...options } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'], ...options });
    onStart?.(child);
    const stopPassing = passSignals(child);
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', (error) => {
      stopPassing();
      resolve({ code: 127, output: error.message });
    });
    child.once('close', (code) => {
      stopPassing();
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Passes signals on to a child while it runs; gives the function that ends it. */
export function passSignals(child) {
  const last = new Map();
  const pass = (signal) => {
    const now = performance.now();
    const repeated = now - (last.get(signal) ?? -Infinity) < 500;
    last.set(signal, now);
    // npm passes on what the group got too; a program may take a second signal as "at once".
    if (repeated) return;
    // A terminal sends Ctrl-C to the whole group: passed on as well, it would reach the child twice.
    if (signal === 'SIGINT' && process.stdin.isTTY) return;
    child.kill(signal);
  };
  process.on('SIGINT', pass).on('SIGTERM', pass);
  const watch = watchParent(() => {
    if (last.size === 0) pass('SIGTERM');
  });
  return () => {
    clearInterval(watch);
    process.off('SIGINT', pass).off('SIGTERM', pass);
  };
}

/** npm puts a shell in between, and it is the shell that a signal to npm ends: its end is the signal. */
function watchParent(whenGone) {
  const parent = process.ppid;
  return setInterval(() => {
    if (process.ppid !== parent) whenGone();
  }, 250).unref();
}

/**
 * An installation without our stamp (somebody's own `npm ci` or `npm install`) counts when npm's record of it
 * has every locked package in the locked version; optional ones are for other platforms.
 */
function adoptInstallation() {
  const record = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const locked = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const same = Object.entries(locked)
    .filter(([path, entry]) => path.startsWith('node_modules/') && !entry.optional)
    .every(([path, entry]) => installed[path] !== undefined && installed[path].version === entry.version);
  if (same) writeFileSync(LOCK_STAMP, lockHash());
  return same;
}

function lockHash() {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
}

/** npm as it runs this script, or the one beside this Node. */
function npm(...args) {
  const running = process.env.npm_execpath;
  if (running?.endsWith('npm-cli.js') && existsSync(running)) return [process.execPath, [running, ...args]];
  return process.platform === 'win32' ? ['cmd', ['/c', 'npm', ...args]] : ['npm', args];
}

/** Path, size and time of everything that a build reads; contents are nx's business. */
function sourcesHash() {
  const hash = createHash('sha256');
  const configuration = ['.swcrc', 'nx.json', 'package.json', 'package-lock.json'];
  const files = [...configuration.map((file) => join(ROOT, file)), ...packages().flatMap(sourcesIn)];
  for (const file of files) {
    const { size, mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { size: -1, mtimeMs: 0 };
    hash.update(`${relative(ROOT, file)}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function packages() {
  const inFolders = ['apps', 'libs'].flatMap((parent) =>
    readdirSync(join(ROOT, parent), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(ROOT, parent, entry.name)),
  );
  return [...inFolders, join(ROOT, 'bench')].filter((folder) => existsSync(join(folder, 'package.json')));
}

/** The dist folders that a build of the packages with sources leaves. */
function outputs() {
  return packages()
    .filter((folder) => existsSync(join(folder, 'src')) && sourcesIn(join(folder, 'src')).length > 0)
    .map((folder) => join(folder, 'dist'));
}

const NO_SOURCES = new Set(['node_modules', 'dist', 'coverage']);

function sourcesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        return NO_SOURCES.has(entry.name) || entry.name.startsWith('.') ? [] : sourcesIn(path);
      }
      return /\.spec\.ts$|\.md$/.test(entry.name) ? [] : [path];
    });
}

/** One set-up at a time in a clone: a second one waits and then finds everything done. */
async function withLock(work) {
  const lock = join(ROOT, '.aika', 'setup.lock');
  mkdirSync(join(ROOT, '.aika'), { recursive: true });
  for (let tries = 0; !tryLock(lock); tries += 1) {
    if (tries === 5) process.stderr.write(`aika: waiting for another set-up (it holds ${lock}) …\n`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const release = () => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    release();
    process.off('exit', release);
  }
}

function tryLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isHeld(lock)) rmSync(lock, { force: true });
    return false;
  }
}

/** A lock without a living owner was left by a crash; an unreadable one has just been made or released. */
function isHeld(lock) {
  try {
    process.kill(Number(readFileSync(lock, 'utf8')) || process.pid, 0);
    return true;
  } catch (error) {
    return error.code !== 'ESRCH';
  }
}
