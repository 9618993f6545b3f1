import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { repositoryRoot } from '../repository.js';
import type { ClusterHandle } from './cluster-handle.js';
import { brokerMarker, readState, stateFileOf, type ClusterState } from './cluster-state.js';
import {
  attachLocalCluster,
  findLocalCluster,
  startLocalCluster,
  stopLocalCluster,
} from './local-cluster.js';
import { isStillRunning, sendSignal } from './process-identity.js';

const PORTS = { client: [29140, 29141, 29142], controller: [29150, 29151, 29152] };
/** Bounds for a machine that does much else; on an idle one the file takes under a minute. */
const TEST_TIMEOUT_MS = 240_000;
let dataDir: string;

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'aika-cluster-'));
});

afterAll(async () => {
  await stopLocalCluster(dataDir, { wipe: true });
  rmSync(dataDir, { recursive: true, force: true });
}, TEST_TIMEOUT_MS);

/** A program that brings the cluster up with a lease and then just lives. */
function startOwner(): ChildProcess {
  const module = join(repositoryRoot(), 'libs/testing/dist/local-cluster/local-cluster.js');
  const options = JSON.stringify({ dataDir, ports: PORTS, lease: 'owner' });
  const program = `const { startLocalCluster } = await import(${JSON.stringify(module)});
    await startLocalCluster(${options});
    setInterval(() => {}, 1000);`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
}

const state = (): ClusterState | undefined => readState(stateFileOf(dataDir));

async function until(what: string, condition: () => boolean, timeoutMs = 120_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`);
    await sleep(50);
  }
}

const brokersOf = (cluster: ClusterState) =>
  cluster.nodes.filter(
    ({ id, process }) => process && isStillRunning(process, brokerMarker(cluster.clusterId, id)),
  );

const pids = (cluster: ClusterHandle) => cluster.nodes.map(({ pid }) => pid);
const start = () => startLocalCluster({ dataDir, ports: PORTS, lease: 'none', throwAway: true });

describe('a local cluster', () => {
  it('is not started at all when a port is taken', async () => {
    const server = createServer().listen(29141, '127.0.0.1');
    try {
      await expect(start()).rejects.toMatchObject({
        code: 'PORT_TAKEN',
        message: expect.stringContaining('29141'),
      });
      expect(existsSync(join(dataDir, 'node-1'))).toBe(false);
      expect(state()).toBeUndefined();
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it(
    'ends with an owner that is interrupted while brokers start',
    async () => {
      const owner = startOwner();
      await until('a broker process', () => state()?.nodes.some(({ process }) => process !== null) ?? false);
      const starting = state();
      owner.kill('SIGINT');
      await until('no state file', () => state() === undefined);
      expect(starting && brokersOf(starting)).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'is given up while brokers start, and then none of it runs',
    async () => {
      const giveUp = new AbortController();
      const { signal } = giveUp;
      const starting = startLocalCluster({ dataDir, ports: PORTS, lease: 'owner', signal });
      const ended = expect(starting).rejects.toThrow('given up');
      await until('a broker process', () => state()?.nodes.some(({ process }) => process !== null) ?? false);
      const begun = state();
      giveUp.abort(new Error('given up'));
      await ended;
      expect(state()).toBeUndefined();
      expect(begun && brokersOf(begun)).toEqual([]);
      await expect(startLocalCluster({ dataDir, ports: PORTS, lease: 'owner', signal })).rejects.toThrow(
        'given up',
      );
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'is shared by whoever comes later, and ends when its owner is killed with -9',
    async () => {
      const owner = startOwner();
      await until('a running cluster', () => findLocalCluster(dataDir)?.phase === 'running');
      const running = state();
      const second = await start();
      expect(second.attached).toBe(true);
      expect(second.brokers).toEqual(['127.0.0.1:29140', '127.0.0.1:29141', '127.0.0.1:29142']);
      await second.stop();
      expect(running && brokersOf(running)).toHaveLength(3);
      await expect(
        startLocalCluster({ dataDir, ports: PORTS, lease: 'none', wipe: true }),
      ).rejects.toMatchObject({
        code: 'CLUSTER_IN_USE',
      });

      owner.kill('SIGKILL');
      await until('no state file', () => state() === undefined);
      expect(running && brokersOf(running)).toEqual([]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'without a lease outlives its starter, lets single brokers die and return, and replaces what a crash left',
    async () => {
      const first = await start();
      expect(first.attached).toBe(false);

      const attached = attachLocalCluster(stateFileOf(dataDir));
      await attached.killBroker(2);
      expect(pids(first)).toEqual([expect.any(Number), null, expect.any(Number)]);
      const repaired = await start();
      expect(repaired.attached).toBe(true);
      expect(pids(repaired)).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);

      const crashed = state();
      if (!crashed) throw new Error('there is no state');
      sendSignal(crashed.supervisor.pid, 'SIGKILL');
      await until('an orphaned cluster', () => findLocalCluster(dataDir) === undefined);
      expect(brokersOf(crashed)).toHaveLength(3);

      const replaced = await start();
      expect(replaced.attached).toBe(false);
      expect(brokersOf(crashed)).toEqual([]);
      expect(replaced.clusterId).toBe(first.clusterId);

      expect(await stopLocalCluster(dataDir)).toBe(true);
      expect(findLocalCluster(dataDir)).toBeUndefined();
      expect(readFileSync(join(dataDir, 'cluster-id'), 'utf8').trim()).toBe(first.clusterId);
      expect(await stopLocalCluster(dataDir)).toBe(false);
    },
    TEST_TIMEOUT_MS,
  );
});
