import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { LoginRequest } from '@aika/contracts';
import { openCustomerKeys, type PersonalDataSettings, withPersonalData } from '@aika/personal-data';
import { runIdentityTask } from '@aika/testing';
import { type BenchCluster, benchFolder } from '../cluster/bench-cluster.js';

/** Staff that may use every route of the mix; a day is longer than any run. */
const GENERATOR: LoginRequest = {
  subject: 'bench',
  roles: ['manager', 'agent-operator'],
  lifetimeSeconds: 86_400,
};

type Env = Readonly<Record<string, string>>;

/** What makes the system one that can be trusted: logins, personal data sealed, an audit trail that is sealed. */
export interface Trust {
  /** Of the generator. */
  readonly token: string;
  /** For the gateway beside `personalData`. */
  readonly logins: Env;
  /** For whoever writes or reads personal data. */
  readonly personalData: Env;
  /** For the sealer. */
  readonly seals: Env;
  /** The cluster as a process with the keys sees it. */
  readonly cluster: BenchCluster;
  close(): Promise<void>;
}

/**
 * Keys are made for this run; those of the customers stand in the database of the views.
 *
 * @throws PlatformError `IDENTITY_TASK_FAILED` when the gateway's program makes no token
 */
export async function openTrust(cluster: BenchCluster, databaseUrl: string): Promise<Trust> {
  const [dir, seals] = [benchFolder('identity'), benchFolder('audit', cluster.namespace)];
  // Of an earlier run, whose trail is gone: a sealer takes that for tampering.
  rmSync(seals, { recursive: true, force: true });
  const task = { do: 'prepare', dir, logins: [GENERATOR] } as const;
  const { tokens = [] } = await runIdentityTask(task, { logFile: benchFolder('logs', 'identity.log') });
  const settings: PersonalDataSettings = {
    personalData: 'on',
    keyStore: databaseUrl,
    masterKey: randomBytes(32).toString('base64'),
    previousMasterKey: '',
    namespace: cluster.namespace,
  };
  const keys = openCustomerKeys(settings);
  return {
    token: tokens[0] ?? '',
    logins: { AIKA_AUTH: 'local', AIKA_IDENTITY_DIR: dir },
    personalData: {
      AIKA_PERSONAL_DATA: settings.personalData,
      AIKA_KEY_STORE: settings.keyStore,
      AIKA_MASTER_KEY: settings.masterKey,
    },
    seals: {
      AIKA_AUDIT_KEY_FILE: benchFolder('audit', 'key.pem'),
      AIKA_AUDIT_KEY_CREATE: 'yes',
      AIKA_AUDIT_STORE: `file://${seals}`,
    },
    cluster: { ...cluster, log: withPersonalData(cluster.log, settings, { keys }) },
    close: async () => keys?.close(),
  };
}
