import { pathToFileURL } from 'node:url';
import { publicKeyFileOf } from '@aika/audit';
import { runFolder } from '../processes/run-folder.js';

/** Where a sealer of this machine keeps key and seals, and where they are looked for. */
export interface AuditPlaces {
  /** The private key. */
  readonly keyFile: string;
  /** Public keys, one or more. */
  readonly keysFile: string;
  /** Address of the second place. */
  readonly store: string;
}

/** `AIKA_AUDIT_KEY_FILE`, `AIKA_AUDIT_KEYS`, `AIKA_AUDIT_STORE`; by default below `.aika/audit` of this clone. */
export function auditPlaces(env: NodeJS.ProcessEnv = process.env): AuditPlaces {
  const { keyFile, sealsDir } = runFolder(env).audit;
  const ownKey = env['AIKA_AUDIT_KEY_FILE'] || keyFile;
  return {
    keyFile: ownKey,
    keysFile: env['AIKA_AUDIT_KEYS'] || publicKeyFileOf(ownKey),
    store: env['AIKA_AUDIT_STORE'] || pathToFileURL(sealsDir).href,
  };
}
