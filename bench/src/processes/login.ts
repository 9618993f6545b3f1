import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { repositoryRoot } from '@aika/testing';
import { benchFolder } from '../cluster/bench-cluster.js';

/** A login for the gateway that is measured. */
export interface BenchLogin {
  readonly token: string;
  /** For the gateway's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Staff that may use every route of the mix; a day is longer than any run. */
const GENERATOR = { subject: 'bench', roles: ['manager', 'agent-operator'], lifetimeSeconds: 86_400 };

/**
 * With `AIKA_AUTH=local` the gateway asks who it is, and readings are noted in the audit trail: what that costs is the
 * difference to a run without.
 *
 * @returns undefined without it
 * @throws Error when the gateway's program makes no token
 */
export async function benchLogin(env: NodeJS.ProcessEnv = process.env): Promise<BenchLogin | undefined> {
  if (env['AIKA_AUTH'] !== 'local') return undefined;
  const dir = benchFolder('identity');
  const task = { do: 'prepare', dir, logins: [GENERATOR] };
  const child = fork(join(repositoryRoot(), 'apps', 'gateway', 'dist', 'main.js'), {
    env: { ...env, AIKA_IDENTITY_TASK: JSON.stringify(task) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit').then((): readonly unknown[] => []);
  const [notice] = await Promise.race([once(child, 'message'), exited]);
  await exited;
  const { report } = (notice ?? {}) as { readonly report?: { readonly tokens: readonly string[] } };
  const [token] = report?.tokens ?? [];
  if (token === undefined) throw new Error(`The gateway's program made no token: ${JSON.stringify(notice)}`);
  return { token, env: { AIKA_AUTH: 'local', AIKA_IDENTITY_DIR: dir } };
}
