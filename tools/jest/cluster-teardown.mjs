/** Jest's global tear-down of the projects `int` and `e2e`: ends the brokers that the set-up started. */
export default async function teardown() {
  const cluster = globalThis.__aikaTestCluster;
  globalThis.__aikaTestCluster = undefined;
  await cluster?.stop();
}
