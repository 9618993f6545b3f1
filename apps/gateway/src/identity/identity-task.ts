import type { IdentityNotice, IdentityReport, IdentityTask, ShownKey } from '@aika/contracts';
import { openViews } from '@aika/views';
import type { ApiKeyRecord } from './keys/api-key.js';
import { ApiKeys } from './keys/api-keys.js';
import { PostgresApiKeyStore } from './keys/postgres-api-key-store.js';
import { localToken, makeLocalKey } from './local-identity.js';

const STATEMENT_MS = 15_000;

/** Does an `IdentityTask`, given as JSON. The answer goes over IPC and nowhere else: it may hold a secret. */
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

function tell(notice: IdentityNotice): Promise<void> {
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
  const db = openViews(databaseUrl, { applicationName: 'aika-identity', statementTimeoutMs: STATEMENT_MS });
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
