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
  };
}

function current(stateFile: string): ClusterState {
  const state = readState(stateFile);
  if (!state) throw new PlatformError('CLUSTER_NOT_RUNNING', `No cluster runs by ${stateFile}.`);
  return state;
}
