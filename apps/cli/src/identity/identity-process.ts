import { join } from 'node:path';
import type { IdentityReport, IdentityTask } from '@aika/contracts';
import { findPostgresUrl, PlatformError, runIdentityTask } from '@aika/testing';
import { runFolder } from '../processes/run-folder.js';

/**
 * Has the gateway's program do the task, on the PostgreSQL that runs here.
 *
 * @throws PlatformError `IDENTITY_TASK_FAILED` with the reason; `POSTGRES_NOT_RUNNING` of tasks on API keys
 */
export async function identityTask(task: IdentityTask): Promise<IdentityReport> {
  const logFile = join(runFolder().logDir, 'identity.log');
  const isOnKeys = task.do.startsWith('keys-');
  return runIdentityTask(task, { logFile, ...(isOnKeys && { env: { DATABASE_URL: databaseUrl() } }) });
}

function databaseUrl(): string {
  const url = findPostgresUrl();
  if (url !== undefined) return url;
  throw new PlatformError('POSTGRES_NOT_RUNNING', 'No PostgreSQL is running here; start it with "aika up".');
}
