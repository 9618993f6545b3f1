import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { PlatformError } from '../platform-error.js';

/**
 * The folder itself, or one below the system's temporary folder in its place: root runs PostgreSQL as somebody else, who
 * may not pass through `/root`, for one.
 */
export function reachableFolder(folder: string): string {
  if (process.getuid?.() !== 0 || othersMayPass(resolve(folder))) return folder;
  const name = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 12);
  const place = join(tmpdir(), `aika-postgres-${name}`);
  // Anybody may make something of this name.
  if (existsSync(place) && (lstatSync(place).uid !== 0 || !lstatSync(place).isDirectory())) {
    throw new PlatformError('POSTGRES_NOT_STARTED', `${place} belongs to somebody else; delete it.`);
  }
  mkdirSync(place, { recursive: true, mode: 0o755 });
  return place;
}

function othersMayPass(folder: string): boolean {
  const parent = dirname(folder);
  const passes = !existsSync(folder) || (statSync(folder).mode & 0o001) !== 0;
  return passes && (parent === folder || othersMayPass(parent));
}
