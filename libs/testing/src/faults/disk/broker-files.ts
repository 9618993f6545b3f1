import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

export interface FoundText {
  /** Topic of the file, without the namespace; the file's name where it belongs to none. */
  readonly place: string;
  readonly text: string;
}

/** They hold offsets and times, and reserve megabytes on the disk. */
const INDEX = /\.(index|timeindex|txnindex)$/;
const PARTITION = /\/([^/]+)-\d+$/;

/**
 * Looks for texts where the brokers keep them: in every file of the topics of a namespace, of Kafka's own topics, and in
 * the brokers' logs. Files that are waiting to be deleted count too. Finds what is not compressed: the clients that wrote
 * must not have compressed.
 *
 * @param stateFile of the cluster, which stands beside its files
 * @throws Error when there are no files of the namespace: then nothing was looked at
 */
export async function findInBrokerFiles(
  stateFile: string,
  namespace: string,
  texts: readonly string[],
): Promise<readonly FoundText[]> {
  const files = (await filesBelow(dirname(stateFile))).filter(({ name }) => !INDEX.test(name));
  const own = files.filter(({ parentPath }) => parentPath.includes(`/${namespace}.`));
  if (own.length === 0) throw new Error(`No broker has files of ${namespace} in ${dirname(stateFile)}.`);
  const common = files.filter(({ parentPath }) => /\/__[^/]+$|\/logs(\/|$)/.test(parentPath));
  const found = new Map<string, FoundText>();
  for (const { parentPath, name } of [...own, ...common]) {
    const content = await contentOf(join(parentPath, name));
    const topic = PARTITION.exec(parentPath)?.[1] ?? name;
    const place = topic.startsWith(`${namespace}.`) ? topic.slice(namespace.length + 1) : topic;
    for (const text of texts) if (content.includes(text)) found.set(`${place} ${text}`, { place, text });
  }
  return [...found.values()].sort((a, b) => (a.place + a.text < b.place + b.text ? -1 : 1));
}

/**
 * Looks for texts in every file below a folder. The place of a text is the path of its file, from the folder.
 *
 * @throws Error when there are no files: then nothing was looked at
 */
export async function findInFolder(folder: string, texts: readonly string[]): Promise<readonly FoundText[]> {
  const files = (await filesBelow(folder)).map(({ parentPath, name }) => join(parentPath, name));
  if (files.length === 0) throw new Error(`There are no files in ${folder}.`);
  const found = await Promise.all(
    files.map(async (file) => {
      const content = await contentOf(file);
      const place = relative(folder, file);
      return texts.filter((text) => content.includes(text)).map((text) => ({ place, text }));
    }),
  );
  return found.flat();
}

/** Not by `readdir`'s own recursion, which ends with an error where a folder goes while it is under way. */
async function filesBelow(folder: string): Promise<readonly Dirent[]> {
  const entries = await unlessGone(readdir(folder, { withFileTypes: true }), []);
  const below = await Promise.all(
    entries.map((entry) => (entry.isDirectory() ? filesBelow(join(folder, entry.name)) : [entry])),
  );
  return below.flat().filter((entry) => entry.isFile());
}

function contentOf(file: string): Promise<Buffer> {
  return unlessGone(readFile(file), Buffer.alloc(0));
}

/** Who owns the files may clean up at any time. */
async function unlessGone<T>(reading: Promise<T>, otherwise: T): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return otherwise;
    throw error;
  }
}
