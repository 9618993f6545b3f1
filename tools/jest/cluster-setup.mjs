/**
 * Jest's global set-up of the projects `int` and `e2e`: three brokers for this run, or KAFKA_BROKERS if that
 * is set, and a PostgreSQL, or DATABASE_URL. Tests find the brokers in KAFKA_BROKERS and the server in
 * AIKA_TEST_DATABASE_URL (createTestDatabase of @aika/testing); fault tests find the cluster's state file in
 * AIKA_TEST_CLUSTER_STATE (attachLocalCluster of @aika/testing), which is not set for given brokers. Tests below
 * @aika/testing that check with Java's consumer find Kafka's jars in AIKA_TEST_KAFKA_LIBS.
 * Brokers and server end with jest, however it ends.
 */
export default async function setup() {
  if (globalThis.__aikaTestCluster) return; // Both projects name this file; one cluster serves them.
  const { ensureKafkaInstalled, startTestCluster, startTestPostgres } = await import('@aika/testing');
  const progress = (line) => process.stderr.write(`  ${line}\n`);
  const cluster = await startTestCluster(progress);
  globalThis.__aikaTestCluster = cluster;
  const postgres = await startTestPostgres(progress);
  globalThis.__aikaTestPostgres = postgres;
  process.env.KAFKA_BROKERS = cluster.brokers.join(',');
  process.env.AIKA_TEST_DATABASE_URL = postgres.url;
  process.env.AIKA_TEST_KAFKA_LIBS = await ensureKafkaInstalled();
  if (cluster.stateFile) process.env.AIKA_TEST_CLUSTER_STATE = cluster.stateFile;
}
