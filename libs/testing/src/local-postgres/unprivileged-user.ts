import { readFileSync } from 'node:fs';
import { PlatformError } from '../platform-error.js';

export type SystemUser = { readonly uid: number; readonly gid: number };

/** In this order: whom a system with PostgreSQL has, and whom every system has. */
const CANDIDATES = ['postgres', 'nobody'];

/**
 * PostgreSQL refuses to run as root. Whom root runs it as; undefined when this process is somebody else already.
 * @throws PlatformError POSTGRES_NOT_STARTED when the system has no such user
 */
export function unprivilegedUser(): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const entries = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of CANDIDATES) {
    const entry = entries.find(([user]) => user === name);
    if (entry) return { uid: Number(entry[2]), gid: Number(entry[3]) };
  }
  throw new PlatformError(
    'POSTGRES_NOT_STARTED',
    `PostgreSQL does not run as root, and there is no user ${CANDIDATES.join(' or ')}. Set DATABASE_URL.`,
  );
}
