import type { LoginRequest } from '@aika/contracts';
import { runIdentityTask } from '@aika/testing';
import { benchFolder } from '../cluster/bench-cluster.js';

/** A login for the gateway that is measured. */
export interface BenchLogin {
  readonly token: string;
  /** For the gateway's environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Staff that may use every route of the mix; a day is longer than any run. */
const GENERATOR: LoginRequest = {
  subject: 'bench',
  roles: ['manager', 'agent-operator'],
  lifetimeSeconds: 86_400,
};

/**
 * With `AIKA_AUTH=local` the gateway asks who it is, and readings are noted in the audit trail: what that costs is the
 * difference to a run without.
 *
 * @returns undefined without it
 * @throws PlatformError `IDENTITY_TASK_FAILED` when the gateway's program makes no token
 */
export async function benchLogin(env: NodeJS.ProcessEnv = process.env): Promise<BenchLogin | undefined> {
  if (env['AIKA_AUTH'] !== 'local') return undefined;
  const dir = benchFolder('identity');
  const task = { do: 'prepare', dir, logins: [GENERATOR] } as const;
  const { tokens = [] } = await runIdentityTask(task, { logFile: benchFolder('logs', 'identity.log') });
  return { token: tokens[0] ?? '', env: { AIKA_AUTH: 'local', AIKA_IDENTITY_DIR: dir } };
}
