import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const BATCH_HEADER = 12;
const CRC_AT = 17;
const CHECKED_FROM = 21;

/**
 * Changes records where the brokers keep them, in every replica, as somebody with access to their disks would: the same
 * number of bytes, and the batch's checksum made to fit.
 * @returns how many replicas were changed
 */
export function editSegments(stateFile: string, partition: string, from: string, to: string): number {
  if (Buffer.byteLength(from) !== Buffer.byteLength(to))
    throw new Error('Another length would move the records.');
  const root = dirname(stateFile);
  const folders = readdirSync(root)
    .filter((name) => name.startsWith('node-'))
    .map((name) => join(root, name, partition))
    .filter((folder) => existsSync(folder));
  return folders.flatMap(segmentsOf).filter((file) => editSegment(file, from, to)).length;
}

function segmentsOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.log'))
    .map((name) => join(folder, name));
}

function editSegment(file: string, from: string, to: string): boolean {
  const bytes = readFileSync(file);
  let isFound = false;
  for (let at = 0; at + BATCH_HEADER < bytes.length;) {
    const end = at + BATCH_HEADER + bytes.readInt32BE(at + 8);
    const batch = bytes.subarray(at, end);
    const found = batch.indexOf(from);
    if (found >= 0) {
      batch.write(to, found);
      batch.writeUInt32BE(crc32c(batch.subarray(CHECKED_FROM)), CRC_AT);
      isFound = true;
    }
    at = end;
  }
  // In place: the broker has the file open.
  if (isFound) writeFileSync(file, bytes, { flag: 'r+' });
  return isFound;
}

function crc32c(bytes: Buffer): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  }
  return (crc ^ -1) >>> 0;
}
