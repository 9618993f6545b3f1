import { openViews } from '@aika/views';
import type { ApiKeyGrant, ApiKeyRecord } from './keys/api-key.js';
import { ApiKeys } from './keys/api-keys.js';
import { PostgresApiKeyStore } from './keys/postgres-api-key-store.js';
import { localToken, type LoginRequest, makeLocalKey } from './local-identity.js';

/** What the command line asks of this program, as JSON in `AIKA_IDENTITY_TASK`. Lifetimes in milliseconds. */
export type IdentityTask =
  | { readonly do: 'prepare'; readonly dir: string; readonly logins: readonly LoginRequest[] }
  | { readonly do: 'tokens'; readonly dir: string; readonly logins: readonly LoginRequest[] }
  | { readonly do: 'keys-create'; readonly grant: ApiKeyGrant; readonly lifetimeMs?: number }
  | { readonly do: 'keys-list' }
  | {
      readonly do: 'keys-rotate';
      readonly id: string;
      readonly overlapMs: number;
      readonly lifetimeMs?: number;
    }
  | { readonly do: 'keys-revoke'; readonly id: string };

/** A key as it is shown: without the hash of its secret. */
export type ShownKey = Omit<ApiKeyRecord, 'secretHash'>;

export type IdentityReport =
  | { readonly isNew: boolean; readonly tokens: readonly string[] }
  | { readonly key: string; readonly record: ShownKey }
  | { readonly keys: readonly ShownKey[] }
  | { readonly isDone: boolean };

/** The answer goes over IPC and nowhere else: it may hold a secret. */
export async function runIdentityTask(text: string, env: NodeJS.ProcessEnv = process.env): Promise<void> {
  try {
    const report = await reportOf(JSON.parse(text) as IdentityTask, env['DATABASE_URL'] ?? '');
    await tell({ type: 'identity-report', report });
  } catch (error) {
    await tell({ type: 'identity-failed', message: error instanceof Error ? error.message : String(error) });
    process.exitCode = 1;
  } finally {
    if (process.connected) process.disconnect();
  }
}

function tell(notice: object): Promise<void> {
  return new Promise((resolve) => {
    if (!process.connected || !process.send) return resolve();
    process.send(notice, () => resolve());
  });
}

async function reportOf(task: IdentityTask, databaseUrl: string): Promise<IdentityReport> {
  if (task.do === 'prepare' || task.do === 'tokens') {
    const isNew = task.do === 'prepare' && makeLocalKey(task.dir);
    return { isNew, tokens: await Promise.all(task.logins.map((login) => localToken(task.dir, login))) };
  }
  const db = openViews(databaseUrl, { applicationName: 'aika-identity' });
  try {
    return await doneWithKeys(task, new ApiKeys({ store: new PostgresApiKeyStore(db) }));
  } finally {
    await db.destroy();
  }
}

type KeysTask = Exclude<IdentityTask, { do: 'prepare' | 'tokens' }>;

async function doneWithKeys(task: KeysTask, keys: ApiKeys): Promise<IdentityReport> {
  switch (task.do) {
    case 'keys-create': {
      const { key, record } = await keys.create(task.grant, task.lifetimeMs);
      return { key, record: shown(record) };
    }
    case 'keys-list':
      return { keys: (await keys.list()).map(shown) };
    case 'keys-rotate': {
      const made = await keys.rotate(task.id, task.overlapMs, task.lifetimeMs);
      return made ? { key: made.key, record: shown(made.record) } : { isDone: false };
    }
    case 'keys-revoke':
      return { isDone: await keys.revoke(task.id) };
    default:
      return task satisfies never;
  }
}

function shown({ secretHash: _hash, ...record }: ApiKeyRecord): ShownKey {
  return record;
}
