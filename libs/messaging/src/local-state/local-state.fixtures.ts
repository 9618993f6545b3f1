import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RuntimeLogger, StateStore, StateStoreRequest, StateStores } from '../runtime/index.js';
import { OpenedState } from '../runtime/state-overlay.js';
import { isMasked, mask, unmask } from '../runtime/suite/masked-state.fixtures.js';
import { createLocalStateStores, type LocalStateOptions } from './index.js';

/** What was logged, one line an entry: `<message> <fields as JSON>`. */
export interface LoggedLines {
  readonly logger: RuntimeLogger;
  readonly lines: string[];
}

export function logging(): LoggedLines {
  const lines: string[] = [];
  const log = (message: string, fields: object = {}): void =>
    void lines.push(`${message} ${JSON.stringify(fields)}`);
  return { lines, logger: { debug: log, info: log, warn: log, error: log } };
}

export const DAY_MS = 24 * 3_600_000;

/** A folder for copies, with the stores of as many processes as a test asks for. */
export class CopyFolder {
  readonly log = logging();
  private readonly open: StateStore[] = [];

  private constructor(readonly path: string) {}

  static async make(): Promise<CopyFolder> {
    return new CopyFolder(await mkdtemp(join(tmpdir(), 'aika-state-')));
  }

  /** The folder of a partition's copy. */
  copy(partition = 0, cluster = 'cluster-a'): string {
    return join(this.path, cluster, 'aika.counter', 'one', String(partition));
  }

  process(options: Partial<LocalStateOptions> = {}): StateStores {
    return createLocalStateStores({
      directory: this.path,
      groupId: 'aika.counter',
      instanceId: 'one',
      logger: this.log.logger,
      maxAgeMs: DAY_MS,
      ...options,
    });
  }

  async store(stores: StateStores, request: Partial<StateStoreRequest> = {}): Promise<StateStore> {
    const store = await stores.open({
      partition: 0,
      topic: 'aika.state.counter',
      identity: () => Promise.resolve({ clusterId: 'cluster-a', topicId: 'topic-1' }),
      start: 0,
      end: 1000,
      ...request,
    });
    this.open.push(store);
    return store;
  }

  async remove(): Promise<void> {
    await Promise.all(this.open.map((store) => store.close()));
    await rm(this.path, { recursive: true, force: true });
  }
}

/** A store that holds masked entries, as the runtime uses it: masked before they are applied, opened as they are read. */
export function asMasked(store: StateStore): StateStore {
  const opened = new OpenedState(store, { open: (_, text) => (isMasked(text) ? unmask(text) : text) });
  const own: Pick<StateStore, 'get' | 'entries' | 'apply'> = {
    get: (key) => opened.get(key),
    entries: (prefix) => opened.entries(prefix),
    apply: (changes, position) =>
      store.apply(
        [...changes].map(([key, value]) => [key, value === null ? null : mask(key, value)] as const),
        position,
      ),
  };
  return Object.assign(Object.create(store) as StateStore, own);
}
