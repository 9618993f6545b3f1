/** Jest's global tear-down of the projects `int` and `e2e`: ends what the set-up started. */
export default async function teardown() {
  const { __aikaTestCluster: cluster, __aikaTestPostgres: postgres } = globalThis;
  globalThis.__aikaTestCluster = undefined;
  globalThis.__aikaTestPostgres = undefined;
  await Promise.all([cluster?.stop(), postgres?.stop()]);
}
