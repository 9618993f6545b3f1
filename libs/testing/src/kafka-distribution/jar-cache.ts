import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformError } from '../platform-error.js';
import { runCommand } from '../run-command.js';
import { readChecksums, verifyJars } from './checksums.js';
import { findMaven } from './java.js';

const FETCH_TIMEOUT_MS = 10 * 60_000;

export interface JarsOptions {
  /** Folder with the pinned list: pom.xml and jars.sha256. */
  readonly list: string;
  /** Folder of this clone in which the verified jars are kept. */
  readonly cache: string;
  /** For messages, with its size: `Kafka 4.3.1 (54 MB)`. */
  readonly what: string;
  readonly onProgress?: (line: string) => void;
  /** Aborted, a fetch that is under way is given up. */
  readonly signal?: AbortSignal;
}

/** True once the jars were fetched and verified against the list as it is now; then Maven is not needed. */
export async function jarsAreInstalled({
  list,
  cache,
}: Pick<JarsOptions, 'list' | 'cache'>): Promise<boolean> {
  const stamp = join(cache, 'ok');
  if (!existsSync(stamp)) return false;
  return (await readFile(stamp, 'utf8')).trim() === (await listDigest(list));
}

/**
 * Makes sure that the jars of a pinned list are on this machine and returns their folder. Fetched by Maven with the
 * machine's own settings, verified against jars.sha256, once.
 * @throws PlatformError MAVEN_MISSING, JARS_NOT_FETCHED, JARS_CHANGED; the signal's reason when that is aborted
 */
export async function ensureJars(options: JarsOptions): Promise<string> {
  const { list, cache, what, onProgress } = options;
  const libs = join(cache, 'libs');
  if (await jarsAreInstalled(options)) return libs;

  const maven = await findMaven();
  onProgress?.(`Fetching ${what} with Maven (once)`);
  // Under a name of its own until it is verified: an interrupted or parallel fetch must not look complete.
  const fetched = join(cache, `fetch-${process.pid}`);
  await mkdir(cache, { recursive: true });
  try {
    await fetchJars(maven, options, fetched);
    await verifyJars(fetched, await readChecksums(join(list, 'jars.sha256')));
    await rm(libs, { recursive: true, force: true });
    await rename(fetched, libs);
    await writeFile(join(cache, 'ok'), `${await listDigest(list)}\n`);
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
  return libs;
}

async function fetchJars(maven: string, { list, what, signal }: JarsOptions, folder: string): Promise<void> {
  const args = ['-q', '-B', '-f', join(list, 'pom.xml'), 'dependency:copy-dependencies'];
  const result = await runCommand(maven, [...args, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`], {
    timeoutMs: FETCH_TIMEOUT_MS,
    signal,
  });
  signal?.throwIfAborted();
  if (result.code === 0) return;
  const tail = (result.stdout + result.stderr).trim().split('\n').slice(-12).join('\n');
  throw new PlatformError(
    'JARS_NOT_FETCHED',
    `Maven could not fetch ${what}${result.timedOut ? ' in ten minutes' : ''}. It said:\n${tail}`,
  );
}

/** Ties the stamp to the list, so that a changed pin fetches again. */
async function listDigest(list: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(list, 'jars.sha256')))
    .digest('hex');
}
