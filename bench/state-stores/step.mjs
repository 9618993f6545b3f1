import { CANDIDATES, packagesOf } from './candidates.mjs';

const [step, name, directory, packages, keyCount] = process.argv.slice(2);
const keys = Number(keyCount);
const PUTS = 2000;
const READS = 100_000;
const RANGES = 20_000;

const openedAt = performance.now();
const store = await CANDIDATES[name](directory, packagesOf(packages));
store.get(keyOf(0));
const openMs = performance.now() - openedAt;

const steps = { fill, read, write, scan };
process.stdout.write(JSON.stringify(await steps[step]()));
await store.close();

function keyOf(n) {
  return `s/cus-${String(Math.floor(n / 4)).padStart(8, '0')}/accounts/${n % 4}`;
}

function valueOf(n, version) {
  return JSON.stringify({ d: { n, version, text: 'x'.repeat(160) } });
}

function random() {
  return Math.floor(Math.random() * keys);
}

async function fill() {
  const startedAt = performance.now();
  for (let n = 0; n < keys; n += PUTS) {
    await store.write(Array.from({ length: PUTS }, (_, i) => [keyOf(n + i), valueOf(n + i, 0)]));
  }
  return { 'fill, s': round((performance.now() - startedAt) / 1000) };
}

/** All in a process that has just started, as after a restart. */
async function read() {
  const rssOpen = process.memoryUsage().rss;
  const perGet = timed(READS, () => store.get(keyOf(random())));
  const perAbsent = timed(READS, () => store.get(`${keyOf(random())}-absent`));
  const perRange =
    store.range &&
    timed(RANGES, () => {
      const prefix = keyOf(random()).slice(0, -1);
      store.range(prefix, `${prefix}\uffff`);
    });
  const batches = [];
  for (let n = 0; n < 50; n++) batches.push(await batch());
  gc();
  return {
    'open, ms': round(openMs),
    'get, µs': perGet,
    'absent, µs': perAbsent,
    'range of 4, µs': perRange ?? 'not synchronous',
    '2000 puts, ms': median(batches.map(({ ms }) => ms)),
    'of it on the main thread': median(batches.map(({ blockedMs }) => blockedMs)),
    'longest on it': Math.max(...batches.map(({ blockedMs }) => blockedMs)),
    'CPU of 2000 puts, ms': median(batches.map(({ cpuMs }) => cpuMs)),
    'MB at opening': Math.round(rssOpen / 1e6),
    'MB after': Math.round(process.memoryUsage().rss / 1e6),
    'heap MB': Math.round(process.memoryUsage().heapUsed / 1e6),
  };
}

async function batch() {
  const puts = Array.from({ length: PUTS }, () => random()).map((n) => [keyOf(n), valueOf(n, 1)]);
  const cpu = process.cpuUsage();
  const startedAt = performance.now();
  const written = store.write(puts);
  let blockedMs = performance.now() - startedAt;
  // What the store does on this thread after `write` has returned shows as a late timer.
  let last = performance.now();
  const watch = setInterval(() => {
    blockedMs += Math.max(0, performance.now() - last - 2);
    last = performance.now();
  }, 1);
  await written;
  clearInterval(watch);
  const { user, system } = process.cpuUsage(cpu);
  return {
    ms: round(performance.now() - startedAt),
    blockedMs: round(blockedMs),
    cpuMs: round((user + system) / 1000),
  };
}

/** Writes batches whose values all carry their batch's number, until it is killed. */
async function write() {
  for (let version = 2; version < 100_000; version++) {
    await store.write(Array.from({ length: PUTS }, (_, n) => [keyOf(n), valueOf(n, version)]));
  }
}

/** Reads everything: each value must be whole and its own, and a batch must be there whole or not at all. */
async function scan() {
  const versions = new Set();
  for (let n = 0; n < keys; n++) {
    const text = store.get(keyOf(n));
    if (text === undefined) return { result: 'silent: a key is missing' };
    const { d } = JSON.parse(text);
    if (d.n !== n || d.text !== 'x'.repeat(160)) return { result: 'silent: a wrong value' };
    if (n < PUTS) versions.add(d.version);
  }
  return { result: versions.size === 1 ? 'whole' : 'silent: half a batch' };
}

function timed(times, work) {
  const startedAt = performance.now();
  for (let n = 0; n < times; n++) work();
  return round(((performance.now() - startedAt) * 1000) / times);
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function round(number) {
  return Math.round(number * 10) / 10;
}
