import { resume, suspend } from '../faults/processes/suspend.js';
import { PlatformError } from '../platform-error.js';
import { readState, recognise, type ClusterState } from './cluster-state.js';
import { askSupervisor } from './control-channel.js';
import { stopRemains } from './stop-remains.js';

export type ClusterNode = {
  readonly id: number;
  /** Process id of the broker; null while it is down. */
  readonly pid: number | null;
  readonly port: number;
};

/** A running cluster of local processes. */
export type ClusterHandle = {
  /** Bootstrap addresses, host:port. */
  readonly brokers: readonly string[];
  readonly clusterId: string;
  /** The file by which other processes attach (attachLocalCluster). */
  readonly stateFile: string;
  /** True when somebody else's start brought it up; then stop() leaves it running. */
  readonly attached: boolean;
  /** The brokers as they are now. */
  readonly nodes: readonly ClusterNode[];
  stop(): Promise<void>;
  /** Sends a signal to one broker (SIGKILL unless told otherwise); resolves when an ended one is gone. */
  killBroker(id: number, signal?: NodeJS.Signals): Promise<void>;
  /** Starts a broker that is down; resolves when the controller has unfenced it. */
  startBroker(id: number): Promise<void>;
  /**
   * Freezes a broker (SIGSTOP): its connections stay and nobody answers. It goes on by `resumeBroker`, or when
   * this process ends in any way.
   */
  suspendBroker(id: number): Promise<void>;
  /** Lets a frozen broker go on; nothing happens to one that runs or is down. */
  resumeBroker(id: number): void;
};

const START_TIMEOUT_MS = 200_000;

export function handleOf(stateFile: string, { attached }: { readonly attached: boolean }): ClusterHandle {
  const first = current(stateFile);
  return {
    brokers: first.nodes.map(({ port }) => `127.0.0.1:${port}`),
    clusterId: first.clusterId,
    stateFile,
    attached,
    get nodes() {
      return current(stateFile).nodes.map(({ id, port, process }) => ({
        id,
        port,
        pid: process?.pid ?? null,
      }));
    },
    async stop() {
      if (attached) return;
      // Orphans too, should somebody have killed the supervisor.
      await stopRemains(recognise(readState(stateFile)), stateFile);
    },
    killBroker: (id, signal = 'SIGKILL') =>
      askSupervisor(current(stateFile).control, { do: 'kill', id, signal }),
    startBroker: (id) => askSupervisor(current(stateFile).control, { do: 'start', id }, START_TIMEOUT_MS),
    suspendBroker: async (id) => suspend(runningBroker(stateFile, id)),
    resumeBroker(id) {
      const pid = pidOf(stateFile, id);
      if (pid !== null) resume(pid);
    },
  };
}

function pidOf(stateFile: string, id: number): number | null {
  return current(stateFile).nodes.find((node) => node.id === id)?.process?.pid ?? null;
}

/** @throws PlatformError CLUSTER_NOT_RUNNING when this broker is down */
function runningBroker(stateFile: string, id: number): number {
  const pid = pidOf(stateFile, id);
  if (pid === null) throw new PlatformError('CLUSTER_NOT_RUNNING', `Broker ${id} is down.`);
  return pid;
}

function current(stateFile: string): ClusterState {
  const state = readState(stateFile);
  if (!state) throw new PlatformError('CLUSTER_NOT_RUNNING', `No cluster runs by ${stateFile}.`);
  return state;
}
