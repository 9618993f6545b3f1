import { fileURLToPath } from 'node:url';
import { AuditError } from '../audit-error.js';
import { FileSealStore } from './file-seal-store.js';
import { PostgresSealStore } from './postgres-seal-store.js';
import type { SealStore } from './seal-store.port.js';

/**
 * The second place that an address names: `file:///var/lib/seals` or `postgres://user:password@host/database`. Opens
 * nothing yet.
 * @throws AuditError `STORE_INVALID`; the address is not in the message, as it may hold a password
 */
export function openSealStore(address: string): SealStore {
  if (/^postgres(ql)?:\/\/\S+$/.test(address)) return new PostgresSealStore(address);
  if (/^file:\/\/\/./.test(address)) return new FileSealStore(fileURLToPath(address));
  throw new AuditError('STORE_INVALID', 'A place for seals is file:///folder or postgres://host/database.');
}
