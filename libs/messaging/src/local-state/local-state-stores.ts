import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateGuard } from '../ports/index.js';
import {
  memoryStateStores,
  type RuntimeLogger,
  type StateStore,
  type StateStoreRequest,
  type StateStores,
} from '../runtime/index.js';
import {
  type CopyFormat,
  type CopyMark,
  decodeMark,
  formatOf,
  hasAllBatches,
  MARK_KEY,
  type Unusable,
  unusable,
} from './copy-mark.js';
import { DiskStateStore } from './disk-state-store.js';
import { LocalStateError, type LevelDatabase, openLevelDatabase } from './level-database.js';

export interface LocalStateOptions {
  /** Root of all copies on this machine. */
  readonly directory: string;
  /** Consumer group of the agent: agents and namespaces have their own copies. */
  readonly groupId: string;
  readonly instanceId: string;
  readonly logger: RuntimeLogger;
  /** Copies that were last current longer ago are built anew, milliseconds; less than the topic keeps tombstones. */
  readonly maxAgeMs: number;
  /** Of the log, where it keeps entries in another form than it gives them: the copies then hold that form. */
  readonly guard?: StateGuard | undefined;
  /** Milliseconds since 1970 UTC. */
  readonly clock?: () => number;
  /** Swaps the database, for tests. */
  readonly openDatabase?: typeof openLevelDatabase;
}

/**
 * Copies of committed state in `<directory>/<cluster id>/<group>/<instance id>/<partition>`. A copy is used when it is
 * whole, of this very topic, and young enough; otherwise it is deleted and built anew. Where a disk or another process
 * does not let it, state is kept in memory: slower to start, never wrong.
 */
export function createLocalStateStores(options: LocalStateOptions): StateStores {
  return new LocalStateStores(options);
}

class LocalStateStores implements StateStores {
  readonly guard: StateGuard | undefined;
  private readonly clock: () => number;
  private readonly format: CopyFormat;
  /** By path: resolves when the store that was opened last is closed. */
  private readonly closed = new Map<string, Promise<void>>();
  private swept: Promise<void> | undefined;

  constructor(private readonly options: LocalStateOptions) {
    this.guard = options.guard;
    this.clock = options.clock ?? Date.now;
    this.format = formatOf(options.guard !== undefined);
  }

  async open(request: StateStoreRequest): Promise<StateStore> {
    const { clusterId, topicId } = await request.identity();
    if (clusterId === undefined || topicId === undefined) {
      return this.inMemory(request, 'the brokers give no ids to clusters and topics: Kafka 2.8 is needed');
    }
    const group = join(this.options.directory, clusterId, this.options.groupId);
    const path = join(group, this.options.instanceId, String(request.partition));
    await this.closed.get(path);
    try {
      await (this.swept ??= this.sweep(group));
      const { store, closed } = await this.openAt(path, { ...request, clusterId, topicId });
      this.closed.set(path, closed);
      return store;
    } catch (error) {
      return this.inMemory(request, error instanceof Error ? error.message : String(error));
    }
  }

  private async openAt(path: string, request: IdentifiedRequest): Promise<Opened> {
    try {
      return await this.openOnce(path, request);
    } catch (error) {
      if (error instanceof LocalStateError && error.code !== 'UNREADABLE') throw error;
      this.options.logger.warn('local state cannot be read and is built anew', {
        partition: request.partition,
        reason: error instanceof Error ? error.message : String(error),
      });
      await rm(path, { recursive: true, force: true });
      return this.openOnce(path, request);
    }
  }

  private async openOnce(path: string, request: IdentifiedRequest): Promise<Opened> {
    const { openDatabase = openLevelDatabase } = this.options;
    let database = await openDatabase(path);
    try {
      const fault = await this.faultOf(database, request);
      if (fault) {
        this.options.logger.warn('local state is not that of the log and is built anew', {
          partition: request.partition,
          ...fault,
        });
        await database.close();
        await rm(path, { recursive: true, force: true });
        database = await openDatabase(path);
      }
      return await this.opened(path, database, request);
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  private async opened(path: string, database: LevelDatabase, request: IdentifiedRequest): Promise<Opened> {
    const closed = Promise.withResolvers<void>();
    const text = database.get(MARK_KEY);
    const store = await DiskStateStore.open({
      database,
      mark: text === undefined ? this.newMark(request) : decodeMark(text),
      clock: this.clock,
      remove: () => rm(path, { recursive: true, force: true }),
      ended: closed.resolve,
    });
    return { store, closed: closed.promise };
  }

  /** Undefined for a copy that can be gone on from, and for an empty one. */
  private async faultOf(database: LevelDatabase, request: IdentifiedRequest): Promise<Unusable | undefined> {
    const text = database.get(MARK_KEY);
    if (text !== undefined) {
      const { maxAgeMs } = this.options;
      const mark = decodeMark(text);
      const wanted = { ...request, format: this.format, request, now: this.clock(), maxAgeMs };
      const fault = unusable(mark, wanted);
      if (fault || (await hasAllBatches(mark, (bounds) => database.range(bounds)))) return fault;
      return { what: 'batches', found: 'some are missing', expected: `all up to ${mark.batch}` };
    }
    for await (const _ of database.range({ gte: ' ', lt: '~', limit: 1 })) {
      return { what: 'mark', found: 'none', expected: 'one beside the entries' };
    }
    return undefined;
  }

  private newMark({ clusterId, topicId, partition, start }: IdentifiedRequest): CopyMark {
    return {
      format: this.format,
      clusterId,
      topicId,
      partition,
      position: start,
      writtenAt: this.clock(),
      size: 0,
      sequence: 0,
      batch: 0,
    };
  }

  private inMemory(request: StateStoreRequest, reason: string): Promise<StateStore> {
    const { partition } = request;
    this.options.logger.warn('state is kept in memory, without a local copy', { partition, reason });
    return memoryStateStores.open(request);
  }

  /** Deletes copies of this agent that are too old to be of use: of partitions and instances that have gone. */
  private async sweep(group: string): Promise<void> {
    for (const path of await copiesIn(group)) {
      if (this.clock() - (await newestChange(path)) <= this.options.maxAgeMs) continue;
      await rm(path, { recursive: true, force: true });
      this.options.logger.info('old local state deleted', { path });
    }
  }
}

type IdentifiedRequest = StateStoreRequest & { readonly clusterId: string; readonly topicId: string };

interface Opened {
  readonly store: StateStore;
  readonly closed: Promise<void>;
}

async function copiesIn(group: string): Promise<readonly string[]> {
  const instances = await namesIn(group);
  const copies = await Promise.all(
    instances.map(async (instance) => {
      const partitions = await namesIn(join(group, instance));
      return partitions.map((partition) => join(group, instance, partition));
    }),
  );
  return copies.flat();
}

/** A process that has the copy open changes its files more often than the longest age. */
async function newestChange(path: string): Promise<number> {
  const names = await namesIn(path);
  const times = await Promise.all(names.map(async (name) => (await stat(join(path, name))).mtimeMs));
  return Math.max(0, ...times);
}

/** Nothing where the folder is not there. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
