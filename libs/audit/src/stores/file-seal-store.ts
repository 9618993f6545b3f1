import { mkdir, open, readFile, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { AuditError } from '../audit-error.js';
import { readSeal, type Seal, writeSeal } from '../seal/seal.js';
import { hasToBeWritten } from './follows.js';
import type { SealStore, StoredSeal } from './seal-store.port.js';

/**
 * One file per partition, one seal a line, each on the disk before `append` resolves. For a folder that the brokers'
 * operators cannot write: another machine's share, or a disk of which nothing is taken back.
 */
export class FileSealStore implements SealStore {
  /** What stood last in a file of this size: the file is read again when somebody else has written to it. */
  private readonly newest = new Map<
    string,
    { readonly seal: Seal; readonly bytes: number; readonly isWhole: boolean }
  >();

  constructor(private readonly folder: string) {}

  async append(seal: Seal): Promise<void> {
    const { topic, partition } = seal;
    if (!hasToBeWritten(seal, await this.last(topic, partition))) return;
    await mkdir(this.folder, { recursive: true });
    const file = this.fileOf(topic, partition);
    // Where the last whole line is known to be the end, there is nothing torn.
    if (this.newest.get(file)?.isWhole !== true) await cutTornLine(file);
    const handle = await open(file, 'a');
    try {
      await handle.appendFile(`${writeSeal(seal)}\n`);
      await handle.datasync();
    } finally {
      await handle.close();
    }
    this.newest.set(file, { seal, bytes: await sizeOf(file), isWhole: true });
  }

  async last(topic: string, partition: number): Promise<Seal | undefined> {
    const file = this.fileOf(topic, partition);
    const bytes = await sizeOf(file);
    const known = this.newest.get(file);
    if (known?.bytes === bytes) return known.seal;
    const text = (await linesOf(file)).at(-1);
    if (text === undefined) return undefined;
    const seal = readSeal(text);
    if (!seal) throw new AuditError('STORE_DAMAGED', `The last line of ${file} is no seal.`);
    this.newest.set(file, { seal, bytes, isWhole: false });
    return seal;
  }

  async all(topic: string, partition: number): Promise<readonly StoredSeal[]> {
    const lines = await linesOf(this.fileOf(topic, partition));
    return lines.map((text, index) => ({ position: `line ${index + 1}`, text }));
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private fileOf(topic: string, partition: number): string {
    return join(this.folder, `${topic}-${partition}.ndjson`);
  }
}

/** Whole lines only: the last one may be torn by a crash in the middle of a write. */
async function linesOf(file: string): Promise<readonly string[]> {
  const text = await ifThere(readFile(file, 'utf8'), '');
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter(Boolean);
}

/** It was never acknowledged, and the seal is written again. */
async function cutTornLine(file: string): Promise<void> {
  const bytes = await ifThere(readFile(file), Buffer.alloc(0));
  const whole = bytes.lastIndexOf(0x0a) + 1;
  if (whole < bytes.length) await truncate(file, whole);
}

async function sizeOf(file: string): Promise<number> {
  const found = await ifThere(stat(file), undefined);
  return found?.size ?? 0;
}

async function ifThere<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise;
    throw error;
  }
}
