import { type Catalogue, catalogue as productCatalogue } from '@aika/contracts';
import type { MessageLog } from '@aika/messaging';
import { CustomerKeys } from './keys/customer-keys.js';
import { FileKeyStore } from './keys/file-key-store.js';
import type { KeyStore } from './keys/key-store.port.js';
import { LocalMasterKeys } from './keys/local-master-keys.js';
import { PostgresKeyStore } from './keys/postgres-key-store.js';
import { guardLog } from './log/guarded-log.js';
import { RecordGuard } from './log/record-guard.js';
import type { PersonalState } from './log/state-sealing.js';

/** The part of a process's settings that says how personal data is kept. */
export interface PersonalDataSettings {
  readonly personalData: 'on' | 'off';
  /** `file:<folder>` or `postgres://…`. */
  readonly keyStore: string;
  /** 32 bytes in base64. */
  readonly masterKey: string;
  /** The one before, or empty. */
  readonly previousMasterKey: string;
  readonly namespace: string;
}

export interface PersonalDataOptions extends Partial<PersonalState> {
  /** The product's messages unless an agent brings more. */
  readonly catalogue?: Catalogue;
  /** Where the process has opened them already. */
  readonly keys?: CustomerKeys | undefined;
}

const FILE = 'file:';

/**
 * The log as a process with these settings uses it: guarded, or as it is. Closing it closes the store of keys too.
 *
 * @throws KeyError `INVALID_MASTER_KEY`
 */
export function withPersonalData(
  log: MessageLog,
  settings: PersonalDataSettings,
  options: PersonalDataOptions = {},
): MessageLog {
  const keys = options.keys ?? openCustomerKeys(settings);
  if (!keys) return log;
  const { catalogue = productCatalogue, ...state } = options;
  const guard = new RecordGuard({ ...state, keys, catalogue, namespace: settings.namespace });
  return guardLog(log, guard, () => keys.close());
}

/** Undefined where personal data is not sealed. @throws KeyError `INVALID_MASTER_KEY` */
export function openCustomerKeys(settings: PersonalDataSettings): CustomerKeys | undefined {
  if (settings.personalData === 'off') return undefined;
  return new CustomerKeys({ store: openKeyStore(settings), master: openMasterKeys(settings) });
}

/** @throws KeyError `INVALID_MASTER_KEY` */
export function openMasterKeys({ masterKey, previousMasterKey }: PersonalDataSettings): LocalMasterKeys {
  return new LocalMasterKeys([masterKey, ...(previousMasterKey === '' ? [] : [previousMasterKey])]);
}

export function openKeyStore({ keyStore }: PersonalDataSettings): KeyStore {
  return keyStore.startsWith(FILE)
    ? new FileKeyStore(keyStore.slice(FILE.length))
    : new PostgresKeyStore(keyStore);
}
