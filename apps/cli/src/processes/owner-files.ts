import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';

const OWNER_ONLY = 0o600;

/** Writes a file for its owner alone, there whole or not at all; in the place of the one that is there. */
export function writeWhole(file: string, text: string): void {
  renameSync(draftOf(file, text), file);
}

/** The same, unless there is one: that one stays. */
export function writeOnce(file: string, text: string): void {
  const draft = draftOf(file, text);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** On the disk before it has its name: a power cut leaves no empty one. */
function draftOf(file: string, text: string): string {
  const draft = `${file}.${randomUUID()}`;
  const opened = openSync(draft, 'wx', OWNER_ONLY);
  try {
    writeFileSync(opened, text);
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
  return draft;
}
