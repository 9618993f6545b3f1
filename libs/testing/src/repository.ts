import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The repository's root: the nearest folder above this file that holds deploy/kafka/topics.json. The same
 * from the sources (jest) and from dist.
 */
export function repositoryRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'deploy', 'kafka', 'topics.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('deploy/kafka/topics.json was not found above ' + import.meta.url);
    folder = parent;
  }
  return folder;
}

/** The folder with the pinned Kafka: pom.xml, jars.sha256, broker.properties, log4j2.xml, topics.json. */
export function kafkaFolder(): string {
  return join(repositoryRoot(), 'deploy', 'kafka');
}
