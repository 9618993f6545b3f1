import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { compileJava, ensureJars, repositoryRoot } from '@aika/testing';
import { benchFolder } from '../cluster/bench-cluster.js';
import type { PeerSettings } from './peer-settings.js';

export const KAFKA_STREAMS_VERSION = '4.3.1';
/** One for each core of the machine that figures are published of; more did not make it faster there. */
const THREADS = 2;
const JVM_FLAGS = ['-Xms512m', '-Xmx1g'];
const QUIET = '-Dorg.apache.logging.log4j.level=WARN';

/**
 * The command that runs the Kafka Streams peer: its jars fetched and verified once, its source compiled once.
 * @throws PlatformError when Java, Maven or a jar is missing
 */
export async function streamsCommand(
  settings: PeerSettings,
  onProgress: (line: string) => void = () => undefined,
): Promise<{ readonly program: string; readonly args: readonly string[] }> {
  const folder = join(repositoryRoot(), 'bench', 'kafka-streams');
  const libs = await ensureJars({
    list: folder,
    cache: join(repositoryRoot(), '.aika', `kafka-streams-${KAFKA_STREAMS_VERSION}`),
    what: `Kafka Streams ${KAFKA_STREAMS_VERSION} (100 MB)`,
    onProgress,
  });
  const { java, classes } = await compileJava(join(folder, 'TallyStreams.java'), libs);
  const stateFolder = benchFolder('streams', settings.name);
  await mkdir(stateFolder, { recursive: true });
  const { brokers, name, inputTopic, outputTopic } = settings;
  return {
    program: java,
    args: [
      ...JVM_FLAGS,
      QUIET,
      ...['-cp', [classes, join(libs, '*')].join(delimiter), 'TallyStreams'],
      ...[brokers.join(','), name, inputTopic, outputTopic, stateFolder, String(THREADS)],
    ],
  };
}
