import { setTimeout as sleep } from 'node:timers/promises';
import {
  brokerMarker,
  readState,
  removeState,
  SUPERVISOR_MARKER,
  type ClusterState,
  type NodeState,
  type Remains,
} from './cluster-state.js';
import { askSupervisor } from './control-channel.js';
import { isStillRunning, sendSignal } from './process-identity.js';

const STOP_GRACE_MS = 20_000;

/**
 * Stops what an earlier start left in a folder, supervised or orphaned, and forgets its state. Signals go only
 * to processes that are proven to be those of the recorded cluster.
 */
export async function stopRemains(remains: Remains, stateFile: string): Promise<void> {
  if (remains.kind === 'none') return removeState(stateFile);
  const { state } = remains;
  if (remains.kind === 'supervised') {
    await stopSupervised(state);
  }
  // Read again: a supervisor that was still starting may have recorded more brokers since.
  await stopOrphans(readState(stateFile) ?? state);
  removeState(stateFile);
}

/** Ends brokers that have no supervisor any more: asked first, then killed. */
async function stopOrphans(state: ClusterState): Promise<void> {
  const alive = () => state.nodes.filter((node) => isBroker(state, node));
  const signalAll = (signal: NodeJS.Signals) => {
    for (const node of alive()) if (node.process) sendSignal(node.process.pid, signal);
  };
  signalAll('SIGCONT');
  signalAll('SIGTERM');
  await until(() => alive().length === 0, STOP_GRACE_MS);
  signalAll('SIGKILL');
  await until(() => alive().length === 0, STOP_GRACE_MS);
}

function isBroker(state: ClusterState, node: NodeState): boolean {
  return node.process !== null && isStillRunning(node.process, brokerMarker(state.clusterId, node.id));
}

async function until(condition: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition() && Date.now() < deadline) await sleep(50);
}

/** Asks the supervisor, which stops its brokers; one that does not listen gets a signal, then is killed. */
async function stopSupervised(state: ClusterState): Promise<void> {
  const supervisorRuns = () => isStillRunning(state.supervisor, SUPERVISOR_MARKER);
  try {
    await askSupervisor(state.control, { do: 'stop' }, STOP_GRACE_MS);
  } catch {
    // It may be on its way out already (its owner died), or stuck: the signal serves both.
    if (supervisorRuns()) sendSignal(state.supervisor.pid, 'SIGTERM');
  }
  await until(() => !supervisorRuns(), STOP_GRACE_MS);
  if (supervisorRuns()) sendSignal(state.supervisor.pid, 'SIGKILL');
}
