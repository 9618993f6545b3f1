import { join } from 'node:path';
import { findPostgresUrl, PlatformError, repositoryRoot } from '@aika/testing';
import { ManagedProcess } from '../processes/managed-process.js';
import { runFolder } from '../processes/run-folder.js';

export const LOGIN_ROLES = ['customer', 'agent-operator', 'adjuster', 'manager', 'auditor'] as const;
export type LoginRole = (typeof LOGIN_ROLES)[number];

/** Who a token is to be for. */
export interface Login {
  readonly subject: string;
  readonly roles: readonly LoginRole[];
  /** Whose own things the role `customer` is about. */
  readonly customerId?: string;
  /** The most that is approved alone, in minor units by currency. */
  readonly authority?: Readonly<Record<string, number>>;
  readonly lifetimeSeconds: number;
}

export interface ShownKey {
  readonly id: string;
  readonly subject: string;
  readonly roles: readonly string[];
  readonly customerId?: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  readonly replacedBy?: string;
}

/** The gateway's program does the work; these are its task and its report, as JSON over IPC. */
export type IdentityTask =
  | { readonly do: 'prepare' | 'tokens'; readonly dir: string; readonly logins: readonly Login[] }
  | {
      readonly do: 'keys-create';
      readonly grant: Omit<Login, 'lifetimeSeconds'> & { readonly rateLimit?: number };
      readonly lifetimeMs?: number;
    }
  | { readonly do: 'keys-list' }
  | {
      readonly do: 'keys-rotate';
      readonly id: string;
      readonly overlapMs: number;
      readonly lifetimeMs?: number;
    }
  | { readonly do: 'keys-revoke'; readonly id: string };

export interface IdentityReport {
  readonly isNew?: boolean;
  readonly tokens?: readonly string[];
  readonly key?: string;
  readonly record?: ShownKey;
  readonly keys?: readonly ShownKey[];
  readonly isDone?: boolean;
}

type Notice =
  | { readonly type: 'identity-report'; readonly report: IdentityReport }
  | { readonly type: 'identity-failed'; readonly message: string };

/** @throws PlatformError `IDENTITY_TASK_FAILED` with the reason; `POSTGRES_NOT_RUNNING` of tasks on API keys */
export async function runIdentityTask(task: IdentityTask): Promise<IdentityReport> {
  const child = ManagedProcess.start({
    name: 'identity',
    program: join(repositoryRoot(), 'apps', 'gateway', 'dist', 'main.js'),
    logFile: join(runFolder().logDir, 'identity.log'),
    env: {
      AIKA_IDENTITY_TASK: JSON.stringify(task),
      ...(task.do.startsWith('keys-') ? { DATABASE_URL: databaseUrl() } : {}),
    },
  });
  let notice: Notice | undefined;
  child.onMessage((message) => (notice = message as Notice));
  const code = await child.exited();
  if (notice?.type === 'identity-report') return notice.report;
  const reason = notice?.message ?? `The program ended with code ${code} and no report:\n${child.logTail()}`;
  throw new PlatformError('IDENTITY_TASK_FAILED', reason);
}

function databaseUrl(): string {
  const url = findPostgresUrl();
  if (url !== undefined) return url;
  throw new PlatformError('POSTGRES_NOT_RUNNING', 'No PostgreSQL is running here; start it with "aika up".');
}
