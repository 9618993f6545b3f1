import type { ClusterHandle } from '../../local-cluster/cluster-handle.js';

/** Brings every broker back: frozen ones go on, those that are down are started, all at once. */
export async function healBrokers(cluster: ClusterHandle): Promise<void> {
  const { nodes } = cluster;
  for (const { id } of nodes) cluster.resumeBroker(id);
  // Together: the controllers' majority may need more than one of them.
  await Promise.all(nodes.filter(({ pid }) => pid === null).map(({ id }) => cluster.startBroker(id)));
}

/** Kills brokers with -9, runs `work` and starts them again, whether that succeeds or fails. */
export async function whileBrokersDown<T>(
  cluster: ClusterHandle,
  ids: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    await Promise.all(ids.map((id) => cluster.killBroker(id)));
    return await work();
  } finally {
    await healBrokers(cluster);
  }
}

/** Freezes brokers, runs `work` and lets them go on, whether that succeeds or fails. */
export async function whileBrokersSuspended<T>(
  cluster: ClusterHandle,
  ids: readonly number[],
  work: () => Promise<T>,
): Promise<T> {
  try {
    await Promise.all(ids.map((id) => cluster.suspendBroker(id)));
    return await work();
  } finally {
    await healBrokers(cluster);
  }
}
