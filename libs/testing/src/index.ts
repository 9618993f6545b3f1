export * from './faults/index.js';
export { compileJava } from './java/compile-java.js';
export { ensureJars, type JarsOptions } from './kafka-distribution/jar-cache.js';
export {
  ensureKafkaInstalled,
  kafkaIsInstalled,
  KAFKA_VERSION,
} from './kafka-distribution/kafka-distribution.js';
export type { ClusterHandle, ClusterNode } from './local-cluster/cluster-handle.js';
export {
  attachLocalCluster,
  findLocalCluster,
  startLocalCluster,
  stopLocalCluster,
  type LocalClusterOptions,
} from './local-cluster/local-cluster.js';
export { EVERY_ADDRESS, freePort, isPortFree } from './local-cluster/ports.js';
export {
  findLocalPostgres,
  startLocalPostgres,
  stopLocalPostgres,
  type LocalPostgresOptions,
  type PostgresHandle,
} from './local-postgres/local-postgres.js';
export { PlatformError, type PlatformErrorCode } from './platform-error.js';
export {
  findPostgresUrl,
  portOf,
  postgresSettings,
  startPostgres,
  stopPostgres,
  wantedPostgresPort,
  type Postgres,
  type PostgresSettings,
} from './platform/postgres.js';
export { resolvePlatform, type PlatformChoice } from './platform/resolve-platform.js';
export { platformSettings, stageTopicsSetting, type PlatformSettings } from './platform/settings.js';
export {
  findPlatform,
  startPlatform,
  stopPlatform,
  type Platform,
  type PlatformOptions,
} from './platform/start-platform.js';
export { startTestCluster, type TestCluster } from './platform/test-cluster.js';
export {
  createTestDatabase,
  startTestPostgres,
  type TestDatabase,
  type TestPostgres,
} from './platform/test-postgres.js';
export { type IdentityTaskOptions, runIdentityTask } from './processes/identity-task.js';
export { ManagedProcess, type ProcessSpec } from './processes/managed-process.js';
export { isRunning, stopChild } from './processes/stop-child.js';
export { createTopics } from './topics/create-topics.js';
export { DEFAULT_NAMESPACE, loadTopics, readTopicsFile, type TopicsFile } from './topics/topics-file.js';
export { repositoryRoot } from './repository.js';
