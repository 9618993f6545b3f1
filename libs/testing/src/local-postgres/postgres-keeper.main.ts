import { mkdirSync } from 'node:fs';
import { serveControl, type ControlRequest } from '../local-cluster/control-channel.js';
import type { DetachedMessage } from '../local-cluster/detached-program.js';
import { identify, type ProcessIdentity } from '../local-cluster/process-identity.js';
import { findPostgres } from './postgres-binaries.js';
import { PostgresServer } from './postgres-server.js';
import { removePostgresState, writePostgresState } from './postgres-state.js';
import { unprivilegedUser } from './unprivileged-user.js';

/** What whoever starts a keeper tells it, as JSON on its command line. */
export type KeeperTask = {
  readonly dataDir: string;
  readonly port: number;
  readonly leased: boolean;
  readonly throwAway: boolean;
  readonly owner: ProcessIdentity;
};

function tell(message: DetachedMessage): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || !process.send) return resolve();
    // A lost message is an owner that has just died; 'disconnect' deals with that.
    process.send(message, () => resolve());
  });
}

/**
 * Runs as a detached process, as the supervisor of the brokers does. The IPC channel to its owner is the lease: the
 * system closes it however the owner dies. Without a lease the owner's leave counts only until the server is up.
 */
async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? '') as KeeperTask;
  const { dataDir, port, leased, throwAway, owner } = task;
  mkdirSync(dataDir, { recursive: true });
  const server = new PostgresServer(
    { dataDir, port, throwAway, binaries: findPostgres(), user: unprivilegedUser() },
    () => record(),
  );
  const control = await serveControl(handle);
  let started = false;
  let stopping: Promise<void> | undefined;

  function record(): void {
    const keeper = identify(process.pid);
    if (!keeper || stopping) return;
    const state = { version: 1, port, leased, owner, keeper, control: control.address } as const;
    writePostgresState(dataDir, { ...state, server: server.identity });
  }

  async function stop(): Promise<void> {
    stopping ??= server.signal(throwAway ? 'SIGQUIT' : 'SIGINT').then(() => removePostgresState(dataDir));
    await stopping;
    control.server.close(() => process.exit());
  }

  async function handle(request: ControlRequest): Promise<void> {
    switch (request.do) {
      case 'ping':
        return;
      case 'stop':
        return stop();
      case 'kill':
        return server.signal(request.signal);
      case 'start':
        if (stopping) throw new Error('the server is stopping');
        return server.start();
      default:
        return request satisfies never;
    }
  }

  process.on('disconnect', () => {
    if (leased || !started) void stop();
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
  record();
  await server.start();
  started = true;
  if (!process.connected && leased) return stop();
  await tell({ type: 'running' });
}

try {
  await main();
} catch (error) {
  await tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  process.exit(1);
}
