import { join } from 'node:path';
import { repositoryRoot } from '@aika/testing';
import { auditPlaces } from '../audit/audit-places.js';
import { ManagedProcess } from './managed-process.js';

export interface SealerProcessOptions {
  readonly brokers: readonly string[];
  readonly namespace: string;
  readonly logDir: string;
}

/**
 * Starts the sealer of the audit trail; nobody waits for it, and nothing else needs it. Makes a key where there is none.
 * Its second place is a folder beside the brokers' data, which is enough for one machine to try it and for nothing else.
 */
export function startSealer({ brokers, namespace, logDir }: SealerProcessOptions): ManagedProcess {
  const { keyFile, store } = auditPlaces();
  return ManagedProcess.start({
    name: 'audit-sealer',
    program: join(repositoryRoot(), 'apps', 'audit-sealer', 'dist', 'main.js'),
    logFile: join(logDir, 'audit-sealer.log'),
    env: {
      KAFKA_BROKERS: brokers.join(','),
      AIKA_NAMESPACE: namespace,
      AIKA_INSTANCE_ID: 'audit-sealer',
      AIKA_HTTP_PORT: '0',
      AIKA_AUDIT_KEY_FILE: keyFile,
      AIKA_AUDIT_KEY_CREATE: 'yes',
      AIKA_AUDIT_STORE: store,
    },
  });
}
