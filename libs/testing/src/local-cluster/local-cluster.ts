import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findJava } from '../kafka-distribution/java.js';
import { classArchiveFile, ensureKafkaInstalled } from '../kafka-distribution/kafka-distribution.js';
import { PlatformError } from '../platform-error.js';
import { kafkaFolder } from '../repository.js';
import { newClusterId, type NodeAddress } from './broker-config.js';
import { type ClusterHandle, handleOf } from './cluster-handle.js';
import { readState, recognise, stateFileOf, type ClusterState } from './cluster-state.js';
import { askSupervisor } from './control-channel.js';
import { requireFreePorts } from './ports.js';
import { identify } from './process-identity.js';
import { withStartLock } from './start-lock.js';
import { spawnSupervisor } from './spawn-supervisor.js';
import { stopRemains } from './stop-remains.js';

export type LocalClusterOptions = {
  /** Folder of the cluster's data, logs and state file; made if missing. */
  readonly dataDir: string;
  /** Three client ports and three controller ports, with the settings' names for error messages. */
  readonly ports: {
    readonly client: readonly number[];
    readonly controller: readonly number[];
    readonly clientSetting?: string;
    readonly controllerSetting?: string;
  };
  /** Begin with no data. */
  readonly wipe?: boolean;
  /** The data are not needed after the stop: brokers are killed, which saves five seconds. */
  readonly throwAway?: boolean;
  /** 'owner': brokers end with this process, however it ends. 'none': they stay until stopLocalCluster. */
  readonly lease: 'owner' | 'none';
  readonly onProgress?: (line: string) => void;
  /** Aborted, a start that is under way is given up. */
  readonly signal?: AbortSignal;
};

const LOCK = 'start.lock';
const CLUSTER_FILES = /^(cluster-id|cluster-state\.json.*|logs|node-\d+(\.properties)?)$/;

/**
 * Brings up three brokers on loopback, or attaches to those that run in this folder already; leftovers of a
 * crash are stopped first. Resolves when the controller has registered all three.
 * @throws PlatformError with a message that says what to do; the signal's reason when that is aborted, and then nothing
 * that this started runs
 */
export async function startLocalCluster(options: LocalClusterOptions): Promise<ClusterHandle> {
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true });
  const start = async (): Promise<ClusterHandle> => {
    const running = await clearRemains(dataDir, options);
    return running ? attach(running, dataDir, options) : startFresh(dataDir, options);
  };
  return withStartLock(join(dataDir, LOCK), start, options.signal);
}

/** A handle on a running cluster by its state file; its stop() leaves the cluster running. */
export function attachLocalCluster(stateFile: string): ClusterHandle {
  const remains = recognise(readState(stateFile));
  if (remains.kind !== 'supervised') {
    throw new PlatformError('CLUSTER_NOT_RUNNING', `No cluster runs by ${stateFile}.`);
  }
  return handleOf(stateFile, { attached: true });
}

/**
 * Stops the cluster of a folder, whoever started it, and what a crash left of one.
 * @returns false if nothing ran there
 */
export async function stopLocalCluster(
  dataDir: string,
  options: { readonly wipe?: boolean } = {},
): Promise<boolean> {
  const folder = resolve(dataDir);
  if (!existsSync(folder)) return false;
  const stopped = await withStartLock(join(folder, LOCK), async () => {
    const remains = recognise(readState(stateFileOf(folder)));
    await stopRemains(remains, stateFileOf(folder));
    if (options.wipe) await wipeData(folder);
    return remains.kind !== 'none';
  });
  return stopped;
}

/** The state of the cluster in a folder if it runs, for status displays. */
export function findLocalCluster(dataDir: string): ClusterState | undefined {
  const remains = recognise(readState(stateFileOf(resolve(dataDir))));
  return remains.kind === 'supervised' ? remains.state : undefined;
}

/** The id of the cluster whose data are in a folder, whether it runs or not; undefined where there are none. */
export function keptClusterId(dataDir: string): string | undefined {
  const file = clusterIdFileOf(resolve(dataDir));
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}

/** The running cluster to attach to; stops whatever else an earlier start left in the folder. */
async function clearRemains(
  dataDir: string,
  options: LocalClusterOptions,
): Promise<ClusterState | undefined> {
  const remains = recognise(readState(stateFileOf(dataDir)));
  if (remains.kind === 'supervised' && remains.state.phase === 'running') {
    if (!options.wipe) return remains.state;
    if (remains.state.leased) {
      throw new PlatformError(
        'CLUSTER_IN_USE',
        `The cluster in ${dataDir} is in use by process ${remains.state.owner.pid}; wait for it or end it first.`,
      );
    }
  }
  if (remains.kind === 'orphaned') {
    options.onProgress?.(`Stopping ${remains.pids.length} broker(s) left behind by a crash`);
  }
  await stopRemains(remains, stateFileOf(dataDir));
  return undefined;
}

async function attach(
  state: ClusterState,
  dataDir: string,
  options: LocalClusterOptions,
): Promise<ClusterHandle> {
  options.onProgress?.(`Using the cluster that runs in ${dataDir}`);
  for (const node of state.nodes.filter(({ process }) => process === null)) {
    options.onProgress?.(`Broker ${node.id} is down: starting it`);
    await askSupervisor(state.control, { do: 'start', id: node.id }, 200_000);
  }
  return handleOf(stateFileOf(dataDir), { attached: true });
}

async function startFresh(dataDir: string, options: LocalClusterOptions): Promise<ClusterHandle> {
  const nodes = nodeAddresses(options);
  await requireFreePorts([
    ...nodes.map(({ port }) => ({ port, setting: options.ports.clientSetting ?? 'ports.client' })),
    ...nodes.map(({ controllerPort: port }) => ({
      port,
      setting: options.ports.controllerSetting ?? 'ports.controller',
    })),
  ]);
  const java = await findJava();
  const libs = await ensureKafkaInstalled(options.onProgress, options.signal);
  if (options.wipe) await wipeData(dataDir);
  const owner = identify(process.pid);
  if (!owner) throw new Error('this process cannot find itself in the process table');
  await spawnSupervisor(
    {
      java,
      libs,
      dataDir,
      nodes,
      owner,
      classArchive: classArchiveFile(),
      log4jConfig: join(kafkaFolder(), 'log4j2.xml'),
      propertiesTemplate: join(kafkaFolder(), 'broker.properties'),
      clusterId: clusterIdOf(dataDir),
      leased: options.lease === 'owner',
      throwAway: options.throwAway ?? false,
    },
    options,
  );
  return handleOf(stateFileOf(dataDir), { attached: false });
}

function nodeAddresses({ ports }: LocalClusterOptions): readonly NodeAddress[] {
  return ports.client.map((port, index) => {
    const controllerPort = ports.controller[index];
    if (controllerPort === undefined) {
      throw new PlatformError('SETTING_INVALID', 'There must be as many controller ports as client ports.');
    }
    return { id: index + 1, port, controllerPort };
  });
}

/** Kept with the data: storage that was formatted for one cluster id refuses another. */
function clusterIdOf(dataDir: string): string {
  const kept = keptClusterId(dataDir);
  if (kept !== undefined) return kept;
  const made = newClusterId();
  writeFileSync(clusterIdFileOf(dataDir), `${made}\n`);
  return made;
}

const clusterIdFileOf = (dataDir: string): string => join(dataDir, 'cluster-id');

/** Deletes what a cluster made, and nothing else: the folder is a setting and might be somebody's home. */
async function wipeData(dataDir: string): Promise<void> {
  const names = (await readdir(dataDir)).filter((name) => CLUSTER_FILES.test(name));
  await Promise.all(names.map((name) => rm(join(dataDir, name), { recursive: true, force: true })));
}
