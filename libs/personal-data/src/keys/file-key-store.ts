import { hash, randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErasedKeyRecord, KeyRecord, KeyStore, LiveKeyRecord } from './key-store.port.js';

const KEY = '.key';
const TOMBSTONE = '.erased';
const OWNER_ONLY = { file: 0o600, folder: 0o700 };

/**
 * Keys in a folder of one machine, two files at most for each customer, for all processes of that machine. What it
 * answers is on the disk. A tombstone counts, whatever else is there.
 */
export class FileKeyStore implements KeyStore {
  private prepared: Promise<unknown> | undefined;

  constructor(private readonly folder: string) {}

  async find(customerIds: readonly string[]): Promise<ReadonlyMap<string, KeyRecord>> {
    const found = await Promise.all([...new Set(customerIds)].map((id) => this.findOne(id)));
    return new Map(found.flatMap((record) => (record ? [[record.customerId, record] as const] : [])));
  }

  async add(records: readonly LiveKeyRecord[]): Promise<ReadonlyMap<string, KeyRecord>> {
    await this.ready();
    for (const record of records) await this.writeOnce(this.path(record.customerId, KEY), record);
    return this.find(records.map(({ customerId }) => customerId));
  }

  async erase(customerId: string, at: string): Promise<boolean> {
    await this.ready();
    const tombstone: ErasedKeyRecord = { customerId, status: 'erased', erasedAt: at };
    const isFirst = await this.writeOnce(this.path(customerId, TOMBSTONE), tombstone);
    await this.remove(customerId);
    return isFirst;
  }

  async rewrap(from: LiveKeyRecord, wrapped: string): Promise<boolean> {
    const present = await this.findOne(from.customerId);
    if (present?.status !== 'live' || present.wrapped !== from.wrapped) return false;
    const draft = await this.draft({ ...from, wrapped });
    await rename(draft, this.path(from.customerId, KEY));
    // Erased meanwhile: the key must not be back.
    if ((await this.findOne(from.customerId))?.status === 'live') return true;
    await this.remove(from.customerId);
    return false;
  }

  async list({ after = '', limit }: { readonly after?: string; readonly limit: number }) {
    await this.ready();
    const names = await readdir(this.folder);
    const records = await Promise.all(
      names
        .filter((name) => name.endsWith(KEY) || name.endsWith(TOMBSTONE))
        .map((name) => readRecord(join(this.folder, name))),
    );
    const ids = [...new Set(records.flatMap((record) => record?.customerId ?? []))];
    const wanted = ids.filter((id) => id > after).sort();
    const found = await this.find(wanted.slice(0, limit));
    return wanted.slice(0, limit).flatMap((id) => found.get(id) ?? []);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private async findOne(customerId: string): Promise<KeyRecord | undefined> {
    // The key first: a tombstone that comes between the two counts, and a key that goes between them has one.
    const key = await readRecord(this.path(customerId, KEY));
    return (await readRecord(this.path(customerId, TOMBSTONE))) ?? key;
  }

  /** By a hash: an id may hold what no file's name can. */
  private path(customerId: string, kind: string): string {
    return join(this.folder, hash('sha256', customerId).slice(0, 40) + kind);
  }

  /** @returns false when there was one */
  private async writeOnce(path: string, record: KeyRecord): Promise<boolean> {
    const draft = await this.draft(record);
    try {
      // A link comes into being whole or not at all, and for one of two only.
      await link(draft, path);
      await this.flushFolder();
      return true;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      return false;
    } finally {
      await unlink(draft);
    }
  }

  private async draft(record: KeyRecord): Promise<string> {
    const path = join(this.folder, `${randomUUID()}.draft`);
    const file = await open(path, 'wx', OWNER_ONLY.file);
    try {
      await file.writeFile(JSON.stringify(record));
      await file.sync();
    } finally {
      await file.close();
    }
    return path;
  }

  private async remove(customerId: string): Promise<void> {
    try {
      await unlink(this.path(customerId, KEY));
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
    }
    await this.flushFolder();
  }

  private async flushFolder(): Promise<void> {
    const folder = await open(this.folder);
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  private async ready(): Promise<void> {
    this.prepared ??= mkdir(this.folder, { recursive: true, mode: OWNER_ONLY.folder });
    await this.prepared;
  }
}

async function readRecord(path: string): Promise<KeyRecord | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as KeyRecord;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return (error as NodeJS.ErrnoException | undefined)?.code;
}
