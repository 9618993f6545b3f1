import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformError } from '../platform-error.js';
import { kafkaFolder, repositoryRoot } from '../repository.js';
import { runCommand } from '../run-command.js';
import { readChecksums, verifyJars } from './checksums.js';
import { findMaven } from './java.js';

export const KAFKA_VERSION = '4.3.1';
const FETCH_TIMEOUT_MS = 10 * 60_000;

/** Where the verified jars are kept: git-ignored, shared by every cluster of this clone. */
export function kafkaCacheFolder(root: string = repositoryRoot()): string {
  return join(root, '.aika', `kafka-${KAFKA_VERSION}`);
}

/** The JVM's archive of Kafka's classes, recorded by the first broker that ends in peace. */
export function classArchiveFile(): string {
  return join(kafkaCacheFolder(), 'kafka.jsa');
}

/** True once the jars were fetched and verified against the list as it is now; then Maven is not needed. */
export async function kafkaIsInstalled(cache: string = kafkaCacheFolder()): Promise<boolean> {
  const stamp = join(cache, 'ok');
  if (!existsSync(stamp)) return false;
  return (await readFile(stamp, 'utf8')).trim() === (await listDigest());
}

/**
 * Makes sure that Kafka's pinned jars are on this machine and returns their folder. Fetched by Maven with
 * the machine's own settings, verified against deploy/kafka/jars.sha256, once.
 * @throws PlatformError MAVEN_MISSING, JARS_NOT_FETCHED, JARS_CHANGED
 */
export async function ensureKafkaInstalled(onProgress: (line: string) => void = () => {}): Promise<string> {
  const cache = kafkaCacheFolder();
  const libs = join(cache, 'libs');
  if (await kafkaIsInstalled(cache)) return libs;

  const maven = await findMaven();
  onProgress(`Fetching Kafka ${KAFKA_VERSION} with Maven (54 MB, once)`);
  // Under a name of its own until it is verified: an interrupted or parallel fetch must not look complete.
  const fetched = join(cache, `fetch-${process.pid}`);
  await mkdir(cache, { recursive: true });
  try {
    await fetchJars(maven, fetched);
    await verifyJars(fetched, await readChecksums(join(kafkaFolder(), 'jars.sha256')));
    await rm(libs, { recursive: true, force: true });
    await rename(fetched, libs);
    await rm(classArchiveFile(), { force: true });
    await writeFile(join(cache, 'ok'), `${await listDigest()}\n`);
  } finally {
    await rm(fetched, { recursive: true, force: true });
  }
  return libs;
}

async function fetchJars(maven: string, folder: string): Promise<void> {
  const args = ['-q', '-B', '-f', join(kafkaFolder(), 'pom.xml'), 'dependency:copy-dependencies'];
  const result = await runCommand(maven, [...args, '-DincludeScope=runtime', `-DoutputDirectory=${folder}`], {
    timeoutMs: FETCH_TIMEOUT_MS,
  });
  if (result.code === 0) return;
  const tail = (result.stdout + result.stderr).trim().split('\n').slice(-12).join('\n');
  throw new PlatformError(
    'JARS_NOT_FETCHED',
    `Maven could not fetch Kafka ${KAFKA_VERSION}${result.timedOut ? ' in ten minutes' : ''}. It said:\n${tail}`,
  );
}

/** Ties the stamp to the list, so that a changed pin fetches again. */
async function listDigest(): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(kafkaFolder(), 'jars.sha256')))
    .digest('hex');
}
