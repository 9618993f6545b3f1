import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { kafkaFolder, repositoryRoot } from '../repository.js';
import { ensureJars, jarsAreInstalled } from './jar-cache.js';

export const KAFKA_VERSION = '4.3.1';

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
  return jarsAreInstalled({ list: kafkaFolder(), cache });
}

/**
 * Makes sure that Kafka's pinned jars are on this machine and returns their folder. Fetched by Maven with
 * the machine's own settings, verified against deploy/kafka/jars.sha256, once.
 * @throws PlatformError MAVEN_MISSING, JARS_NOT_FETCHED, JARS_CHANGED; the signal's reason when that is aborted
 */
export async function ensureKafkaInstalled(
  onProgress: (line: string) => void = () => {},
  signal?: AbortSignal,
): Promise<string> {
  const cache = kafkaCacheFolder();
  // Recorded from other jars, perhaps: the next broker that ends in peace records it anew.
  if (!(await kafkaIsInstalled(cache))) await rm(classArchiveFile(), { force: true });
  const what = `Kafka ${KAFKA_VERSION} (54 MB)`;
  return ensureJars({ list: kafkaFolder(), cache, what, onProgress, signal });
}
