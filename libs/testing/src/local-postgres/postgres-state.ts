import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlAddress } from '../local-cluster/control-channel.js';
import { isStillRunning, type ProcessIdentity } from '../local-cluster/process-identity.js';
import { reachableFolder } from './reachable-folder.js';

/** What a keeper leaves in the data folder, for whoever comes later to recognise the server by. */
export type PostgresState = {
  readonly version: 1;
  readonly port: number;
  /** True when the server ends with the process that started it. */
  readonly leased: boolean;
  readonly owner: ProcessIdentity;
  readonly keeper: ProcessIdentity;
  readonly control: ControlAddress;
  /** Null while the server is down. */
  readonly server: ProcessIdentity | null;
};

export type PostgresRemains =
  | { readonly kind: 'none' }
  | { readonly kind: 'kept'; readonly state: PostgresState }
  | { readonly kind: 'orphaned'; readonly state: PostgresState; readonly server: ProcessIdentity };

export const KEEPER_MARKER = 'postgres-keeper.main';

export const postgresStateFileOf = (dataDir: string): string => join(dataDir, 'postgres-state.json');

/** The server's own folder. */
export const databaseDirOf = (dataDir: string): string => join(reachableFolder(dataDir), 'data');

export function writePostgresState(dataDir: string, state: PostgresState): void {
  const file = postgresStateFileOf(dataDir);
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

export function readPostgresState(dataDir: string): PostgresState | undefined {
  try {
    const state = JSON.parse(readFileSync(postgresStateFileOf(dataDir), 'utf8')) as PostgresState;
    return state.version === 1 ? state : undefined;
  } catch (error) {
    // Unreadable is as good as absent: a server that nobody recorded shows up as a taken port.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function removePostgresState(dataDir: string): void {
  rmSync(postgresStateFileOf(dataDir), { force: true });
}

/** Tells a living server from what a crashed keeper left; strangers under a recorded pid do not count. */
export function postgresRemains(dataDir: string): PostgresRemains {
  const state = readPostgresState(dataDir);
  if (!state) return { kind: 'none' };
  if (isStillRunning(state.keeper, KEEPER_MARKER)) return { kind: 'kept', state };
  const { server } = state;
  if (server && isStillRunning(server, databaseDirOf(dataDir))) return { kind: 'orphaned', state, server };
  return { kind: 'none' };
}
