import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isStillRunning, type ProcessIdentity } from './process-identity.js';

export type NodeState = {
  readonly id: number;
  readonly port: number;
  readonly controllerPort: number;
  /** The broker's process; null while it is down. */
  readonly process: ProcessIdentity | null;
};

/** What a supervisor leaves in the data folder, for whoever comes later to recognise the cluster by. */
export type ClusterState = {
  readonly version: 1;
  readonly clusterId: string;
  readonly phase: 'starting' | 'running' | 'stopping';
  /** True when the cluster ends with the process that started it. */
  readonly leased: boolean;
  readonly owner: ProcessIdentity;
  readonly supervisor: ProcessIdentity;
  /** Loopback port and secret of the supervisor's control channel. */
  readonly control: { readonly port: number; readonly token: string };
  readonly nodes: readonly NodeState[];
};

/** What an earlier start left behind. */
export type Remains =
  | { readonly kind: 'none' }
  | { readonly kind: 'supervised'; readonly state: ClusterState }
  | { readonly kind: 'orphaned'; readonly state: ClusterState; readonly pids: readonly number[] };

export const SUPERVISOR_MARKER = 'supervisor.main';

/** The command-line flag by which a broker's JVM is recognised as one of this cluster. */
export const brokerMarker = (clusterId: string, nodeId: number): string =>
  `-Daika.broker=${clusterId}/${nodeId}`;

export const stateFileOf = (dataDir: string): string => join(dataDir, 'cluster-state.json');

/** Written in one step, readable by the user only: it holds the control channel's secret. */
export function writeState(file: string, state: ClusterState): void {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** The state in this file; undefined if there is none or it is not one (a crash while the disk was full). */
export function readState(file: string): ClusterState | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const state = JSON.parse(text) as ClusterState;
    return state.version === 1 && Array.isArray(state.nodes) ? state : undefined;
  } catch {
    // Unreadable is as good as absent: brokers that nobody recorded show up as taken ports.
    return undefined;
  }
}

export function removeState(file: string): void {
  rmSync(file, { force: true });
}

/** Tells a living cluster from what a crashed supervisor left; strangers under a recorded pid do not count. */
export function recognise(state: ClusterState | undefined): Remains {
  if (state === undefined) return { kind: 'none' };
  if (isStillRunning(state.supervisor, SUPERVISOR_MARKER)) return { kind: 'supervised', state };
  const pids = state.nodes
    .filter((node) => node.process && isStillRunning(node.process, brokerMarker(state.clusterId, node.id)))
    .map((node) => node.process?.pid ?? 0);
  return pids.length > 0 ? { kind: 'orphaned', state, pids } : { kind: 'none' };
}
