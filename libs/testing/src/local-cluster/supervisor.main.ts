import type { DetachedMessage } from './detached-program.js';
import { Supervisor, type SupervisorTask } from './supervisor.js';

function tell(message: DetachedMessage): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || !process.send) return resolve();
    // A lost message is an owner that has just died; 'disconnect' deals with that.
    process.send(message, () => resolve());
  });
}

/**
 * Runs as a detached process. The IPC channel to its owner is the lease: the system closes it however the
 * owner dies, kill -9 included. Without a lease the owner's leave counts only until the cluster is up.
 */
async function main(): Promise<void> {
  const task = JSON.parse(process.argv[2] ?? '') as SupervisorTask;
  const supervisor = new Supervisor(
    task,
    (line) => void tell({ type: 'progress', line }),
    () => process.exit(),
  );
  let started = false;

  const end = async (code: number): Promise<never> => {
    await supervisor.stop();
    process.exit(code);
  };
  process.on('disconnect', () => {
    if (task.leased || !started) void end(0);
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void end(0));

  try {
    await supervisor.start();
    started = true;
    if (!process.connected && task.leased) await end(0);
    await tell({ type: 'running' });
  } catch (error) {
    await tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    await end(1);
  }
}

await main();
