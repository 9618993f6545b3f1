import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from '@aika/testing';
import { writeOnce, writeWhole } from '../processes/owner-files.js';
import { runFolder } from '../processes/run-folder.js';

/** Keys that this machine has made for the personal data of one cluster. */
export interface LocalKeys {
  /** Holds all of it, for its owner alone. */
  readonly folder: string;
  /** As `AIKA_KEY_STORE` has it. */
  readonly keyStore: string;
  /** As `AIKA_MASTER_KEY` has it. */
  readonly masterKey: string;
}

const OWNER_ONLY_FOLDER = 0o700;
const MASTER_KEY_BYTES = 32;

/**
 * The keys of a cluster's data, made if there are none. From now on commands find them too, and programs that are started
 * by hand find them as settings in a file.
 *
 * @throws PlatformError `SETTING_INVALID` where the master key is gone or damaged, but not what it has wrapped
 */
export function useLocalKeys(clusterId: string, env: NodeJS.ProcessEnv = process.env): LocalKeys {
  const places = placesOf(clusterId, env);
  mkdirSync(places.folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
  if (!existsSync(places.masterKey)) makeMasterKey(places);
  const keys = keysIn(places);
  writeWhole(places.settings, settingsText(keys));
  return keys;
}

/** The keys by which the last start on this cluster sealed; undefined where it did not seal by such. @throws PlatformError */
export function localKeysInUse(
  clusterId: string,
  env: NodeJS.ProcessEnv = process.env,
): LocalKeys | undefined {
  const places = placesOf(clusterId, env);
  return existsSync(places.settings) ? keysIn(places) : undefined;
}

/** Commands do not find them any more. They stay, for what is sealed with them. */
export function leaveLocalKeys(clusterId: string, env: NodeJS.ProcessEnv = process.env): void {
  rmSync(placesOf(clusterId, env).settings, { force: true });
}

/** For data that are gone. @returns false where there were no keys */
export function deleteLocalKeys(clusterId: string, env: NodeJS.ProcessEnv = process.env): boolean {
  const { folder } = placesOf(clusterId, env);
  const had = existsSync(folder);
  rmSync(folder, { recursive: true, force: true });
  return had;
}

interface Places {
  readonly folder: string;
  readonly masterKey: string;
  readonly keys: string;
  readonly settings: string;
}

/** A folder for each cluster: keys live as long as the data that they open, and open no other. */
function placesOf(clusterId: string, env: NodeJS.ProcessEnv): Places {
  // The folder is deleted with all that is in it.
  if (!/^[\w-]+$/.test(clusterId)) throw new Error(`"${clusterId}" is no cluster's id.`);
  const folder = join(runFolder(env).personalDataDir, clusterId);
  return {
    folder,
    masterKey: join(folder, 'master-key'),
    keys: join(folder, 'keys'),
    settings: join(folder, 'settings.env'),
  };
}

function makeMasterKey({ folder, masterKey, keys }: Places): void {
  if (existsSync(keys) && readdirSync(keys).length > 0) {
    throw new PlatformError(
      'SETTING_INVALID',
      `${masterKey} is gone, and ${keys} holds what it has wrapped: bring it back, or delete ${folder}, which erases everybody who is sealed here.`,
    );
  }
  // Never a second one, which would open nothing of what is there.
  writeOnce(masterKey, `${randomBytes(MASTER_KEY_BYTES).toString('base64')}\n`);
}

function keysIn({ folder, masterKey: file, keys }: Places): LocalKeys {
  const masterKey = readFileSync(file, 'utf8').trim();
  if (!/^[A-Za-z0-9+/]{43}=$/.test(masterKey)) {
    throw new PlatformError(
      'SETTING_INVALID',
      `${file} holds no master key, which is ${MASTER_KEY_BYTES} bytes in base64: bring it back from a backup.`,
    );
  }
  return { folder, keyStore: `file:${keys}`, masterKey };
}

/** Read by a shell, and by `node --env-file`. */
function settingsText({ keyStore, masterKey }: LocalKeys): string {
  return `AIKA_PERSONAL_DATA=on\nAIKA_KEY_STORE='${keyStore}'\nAIKA_MASTER_KEY='${masterKey}'\n`;
}
