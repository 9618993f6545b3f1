import { join } from 'node:path';
import { ManagedProcess, repositoryRoot } from '@aika/testing';
import { type AuditPlaces, auditPlaces } from '../audit/audit-places.js';

export interface SealerProcessOptions {
  readonly brokers: readonly string[];
  readonly namespace: string;
  readonly logDir: string;
  /** Names the instance. Default `audit-sealer`. */
  readonly name?: string;
  /** Its key, which is made where there is none, and the second place. Default: those of this clone. */
  readonly places?: Pick<AuditPlaces, 'keyFile' | 'store'>;
  /** More environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts a sealer of the audit trail; nobody waits for it, and nothing else needs it. Makes a key where there is none.
 * Its second place is a folder beside the brokers' data, which is enough for one machine to try it and for nothing else.
 */
export function startSealer({
  brokers,
  namespace,
  logDir,
  name = 'audit-sealer',
  places = auditPlaces(),
  env = {},
}: SealerProcessOptions): ManagedProcess {
  return ManagedProcess.start({
    name,
    program: join(repositoryRoot(), 'apps', 'audit-sealer', 'dist', 'main.js'),
    logFile: join(logDir, `${name}.log`),
    env: {
      KAFKA_BROKERS: brokers.join(','),
      AIKA_NAMESPACE: namespace,
      AIKA_INSTANCE_ID: name,
      AIKA_HTTP_PORT: '0',
      AIKA_AUDIT_KEY_FILE: places.keyFile,
      AIKA_AUDIT_KEY_CREATE: 'yes',
      AIKA_AUDIT_STORE: places.store,
      ...env,
    },
  });
}
