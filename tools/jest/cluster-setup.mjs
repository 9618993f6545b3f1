/**
 * Jest's global set-up of the projects `int` and `e2e`: three brokers for this run, or KAFKA_BROKERS if that
 * is set. Tests find them in KAFKA_BROKERS; fault tests find the cluster's state file in
 * AIKA_TEST_CLUSTER_STATE (attachLocalCluster of @aika/testing), which is not set for given brokers. Tests below
 * @aika/testing that check with Java's consumer find Kafka's jars in AIKA_TEST_KAFKA_LIBS.
 * The brokers end with jest, however it ends.
 */
export default async function setup() {
  if (globalThis.__aikaTestCluster) return; // Both projects name this file; one cluster serves them.
  const { ensureKafkaInstalled, startTestCluster } = await import('@aika/testing');
  const cluster = await startTestCluster((line) => process.stderr.write(`  ${line}\n`));
  globalThis.__aikaTestCluster = cluster;
  process.env.KAFKA_BROKERS = cluster.brokers.join(',');
  process.env.AIKA_TEST_KAFKA_LIBS = await ensureKafkaInstalled();
  if (cluster.stateFile) process.env.AIKA_TEST_CLUSTER_STATE = cluster.stateFile;
}
