import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { PlatformError } from '../platform-error.js';

/** SHA-256 in hex by file name, from a file as `sha256sum` writes it. */
export async function readChecksums(file: string): Promise<ReadonlyMap<string, string>> {
  const checksums = new Map<string, string>();
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    if (line.trim() === '') continue;
    const [, hash, name] = /^([0-9a-f]{64}) [ *](\S+)$/.exec(line.trimEnd()) ?? [];
    if (hash === undefined || name === undefined) {
      throw new PlatformError('JARS_CHANGED', `${file} has a line that is no checksum: "${line}"`);
    }
    checksums.set(name, hash);
  }
  return checksums;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/**
 * Refuses a folder of jars that is not exactly the pinned one: broker processes run this code with the
 * user's rights.
 * @throws PlatformError JARS_CHANGED naming each jar that differs, is missing or is not in the list
 */
export async function verifyJars(folder: string, checksums: ReadonlyMap<string, string>): Promise<void> {
  const present = new Set((await readdir(folder)).filter((name) => name.endsWith('.jar')));
  const problems: string[] = [];
  for (const [name, expected] of checksums) {
    if (!present.has(name)) {
      problems.push(`${name} is missing`);
      continue;
    }
    const actual = await sha256(join(folder, name));
    if (actual !== expected) problems.push(`${name} has SHA-256 ${actual}, expected ${expected}`);
  }
  for (const name of present) {
    if (!checksums.has(name)) problems.push(`${name} is not in jars.sha256`);
  }
  if (problems.length > 0) {
    throw new PlatformError(
      'JARS_CHANGED',
      `The Kafka jars in ${folder} are not the pinned ones:\n  ${problems.join('\n  ')}`,
    );
  }
}
