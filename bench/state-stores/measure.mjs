/**
 * Measures embedded stores as the local copy of an agent's state: `node bench/state-stores/measure.mjs [--keys N]`.
 * Installs the candidates into a folder of its own, runs each in processes of its own, prints a table.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CANDIDATES, PACKAGES } from './candidates.mjs';

const { values } = parseArgs({
  options: { keys: { type: 'string' }, only: { type: 'string' }, packages: { type: 'string' } },
});
const keys = values.keys ?? '1000000';
const root = mkdtempSync(join(tmpdir(), 'state-stores-'));
const packages = values.packages ?? install(join(root, 'packages'));
const rows = {};
try {
  for (const name of values.only ? [values.only] : Object.keys(CANDIDATES)) {
    const directory = join(root, name.replace(':', '-'));
    mkdirSync(directory);
    rows[name] = { ...(await inProcess('fill', name, directory)).answer };
    rows[name]['MB on disk'] = Math.round(sizeOf(directory) / 1e6);
    Object.assign(rows[name], (await inProcess('read', name, directory)).answer);
    rows[name]['after kill -9 while writing'] = await killed(name, directory);
    rows[name]['a page overwritten'] = await damaged(name, directory, overwrite);
    rows[name]['cut to half'] = await damaged(name, directory, (file) =>
      truncateSync(file, statSync(file).size / 2),
    );
    rmSync(directory, { recursive: true });
  }
  console.table(rows);
} finally {
  rmSync(root, { recursive: true, force: true });
}

function install(folder) {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  const wanted = Object.entries(PACKAGES).map(([name, version]) => `${name}@${version}`);
  execFileSync('npm', ['install', '--no-audit', '--no-fund', ...wanted], { cwd: folder, stdio: 'ignore' });
  return folder;
}

/** One step in a process of its own, so that memory is its own and a crash shows. */
async function inProcess(step, name, directory, killAfterMs) {
  const script = fileURLToPath(new URL('./step.mjs', import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', script, step, name, directory, packages, keys], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  let errors = '';
  child.stdout.on('data', (data) => (text += data));
  child.stderr.on('data', (data) => (errors += data));
  if (killAfterMs !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfterMs).unref();
  const [code, signal] = await once(child, 'close');
  if (code === 0) return { answer: JSON.parse(text) };
  return { failed: signal ?? /(Error|code): .*/.exec(errors)?.[0]?.slice(0, 60) ?? `exit ${code}` };
}

async function killed(name, directory) {
  await inProcess('write', name, directory, 1500);
  const { answer, failed } = await inProcess('scan', name, directory);
  return failed ?? answer.result;
}

async function damaged(name, directory, damage) {
  const files = readdirSync(directory, { recursive: true }).map((file) => join(directory, file));
  const largest = files
    .filter((file) => statSync(file).isFile())
    .sort((a, b) => statSync(b).size - statSync(a).size)[0];
  damage(largest);
  const { answer, failed } = await inProcess('scan', name, directory);
  return failed ?? answer.result;
}

function overwrite(file) {
  const fd = openSync(file, 'r+');
  writeSync(fd, Buffer.alloc(4096, 0x5a), 0, 4096, Math.floor(statSync(file).size / 3 / 4096) * 4096);
}

function sizeOf(directory) {
  return readdirSync(directory, { recursive: true })
    .map((file) => statSync(join(directory, file)))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
}
