import { join } from 'node:path';
import {
  IDENTITY_TASK_VARIABLE,
  type IdentityNotice,
  type IdentityReport,
  type IdentityTask,
} from '@aika/contracts';
import { PlatformError } from '../platform-error.js';
import { repositoryRoot } from '../repository.js';
import { ManagedProcess } from './managed-process.js';

export interface IdentityTaskOptions {
  /** Standard output and error of the program go here; the answer does not. */
  readonly logFile: string;
  /** Beside this process's own: tasks on API keys need `DATABASE_URL`. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Has the gateway's program, as it is built, do something with logins or API keys.
 *
 * @throws PlatformError `IDENTITY_TASK_FAILED` with the reason
 */
export async function runIdentityTask(
  task: IdentityTask,
  { logFile, env = {} }: IdentityTaskOptions,
): Promise<IdentityReport> {
  const child = ManagedProcess.start({
    name: 'identity',
    program: join(repositoryRoot(), 'apps', 'gateway', 'dist', 'main.js'),
    logFile,
    env: { ...env, [IDENTITY_TASK_VARIABLE]: JSON.stringify(task) },
  });
  let notice: IdentityNotice | undefined;
  child.onMessage((message) => (notice = message as IdentityNotice));
  const code = await child.exited();
  if (notice?.type === 'identity-report') return notice.report;
  const reason = notice?.message ?? `The program ended with code ${code} and no report:\n${child.logTail()}`;
  throw new PlatformError('IDENTITY_TASK_FAILED', reason);
}
