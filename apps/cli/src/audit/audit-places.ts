import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '@aika/testing';

/** Where a sealer of this machine keeps key and seals, and where they are looked for. */
export interface AuditPlaces {
  /** The private key. */
  readonly keyFile: string;
  /** Public keys, one or more. */
  readonly keysFile: string;
  /** Address of the second place. */
  readonly store: string;
}

/** `AIKA_AUDIT_KEY_FILE`, `AIKA_AUDIT_KEYS`, `AIKA_AUDIT_STORE`; by default below `.aika/audit` of the repository. */
export function auditPlaces(env: NodeJS.ProcessEnv = process.env): AuditPlaces {
  const folder = join(repositoryRoot(), '.aika', 'audit');
  return {
    keyFile: env['AIKA_AUDIT_KEY_FILE'] || join(folder, 'key.pem'),
    keysFile: env['AIKA_AUDIT_KEYS'] || join(folder, 'key.pub.pem'),
    store: env['AIKA_AUDIT_STORE'] || pathToFileURL(join(folder, 'seals')).href,
  };
}
