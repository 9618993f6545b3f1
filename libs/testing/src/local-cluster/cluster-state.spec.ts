import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  brokerMarker,
  readState,
  recognise,
  stateFileOf,
  SUPERVISOR_MARKER,
  writeState,
  type ClusterState,
} from './cluster-state.js';
import { identify, isStillRunning, type ProcessIdentity } from './process-identity.js';
import { stopRemains } from './stop-remains.js';

const CLUSTER = 'RfZoIQBDWQR737XeVfYfIw';
const children: ChildProcess[] = [];
let folder: string;

/** A process that sleeps, with `marker` on its command line. */
async function processWith(marker: string): Promise<{ child: ChildProcess; identity: ProcessIdentity }> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', '--', marker], {
    stdio: 'ignore',
  });
  children.push(child);
  await once(child, 'spawn');
  const identity = identify(child.pid ?? 0);
  if (!identity) throw new Error('the test process is not there');
  // The system shows the command line a moment after the start time.
  while (!isStillRunning(identity, marker)) await sleep(5);
  return { child, identity };
}

async function deadProcess(): Promise<ProcessIdentity> {
  const { child, identity } = await processWith('dead');
  child.kill('SIGKILL');
  await once(child, 'exit');
  return identity;
}

function stateWith(supervisor: ProcessIdentity, broker: ProcessIdentity | null): ClusterState {
  return {
    version: 1,
    clusterId: CLUSTER,
    phase: 'running',
    leased: false,
    owner: supervisor,
    supervisor,
    control: { port: 1, token: 'secret' },
    nodes: [{ id: 1, port: 2, controllerPort: 3, process: broker }],
  };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'aika-state-'));
});

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

describe('the state file', () => {
  it('is read as it was written, and is for the user only', async () => {
    const file = stateFileOf(folder);
    const state = stateWith(await deadProcess(), null);
    writeState(file, state);
    expect(readState(file)).toEqual(state);
    expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(folder)).toEqual(['cluster-state.json']);
  });

  it('counts as absent when it is missing, cut off or of another version', () => {
    const file = stateFileOf(folder);
    expect(readState(file)).toBeUndefined();
    writeFileSync(file, '{"version": 1, "nod');
    expect(readState(file)).toBeUndefined();
    writeFileSync(file, '{"version": 2, "nodes": []}');
    expect(readState(file)).toBeUndefined();
  });
});

describe('what an earlier start left', () => {
  it('is a running cluster while its supervisor lives', async () => {
    const { identity } = await processWith(SUPERVISOR_MARKER);
    expect(recognise(stateWith(identity, null)).kind).toBe('supervised');
  });

  it('is orphaned brokers when only they live', async () => {
    const { identity } = await processWith(brokerMarker(CLUSTER, 1));
    expect(recognise(stateWith(await deadProcess(), identity))).toMatchObject({
      kind: 'orphaned',
      pids: [identity.pid],
    });
  });

  it('is nothing when all its processes are gone', async () => {
    expect(recognise(stateWith(await deadProcess(), await deadProcess())).kind).toBe('none');
    expect(recognise(undefined).kind).toBe('none');
  });

  it('does not take a stranger under a recorded pid for a broker', async () => {
    const stranger = (await processWith('somebody else')).identity;
    expect(recognise(stateWith(stranger, stranger)).kind).toBe('none');
  });

  it('does not take a later process with the same pid and command line for the broker', async () => {
    const { identity } = await processWith(brokerMarker(CLUSTER, 1));
    const earlier = { ...identity, startTime: 'before' };
    expect(recognise(stateWith(await deadProcess(), earlier)).kind).toBe('none');
  });
});

describe('stopping what was left', () => {
  it('ends an orphaned broker and forgets the cluster', async () => {
    const file = stateFileOf(folder);
    const { identity } = await processWith(brokerMarker(CLUSTER, 1));
    const state = stateWith(await deadProcess(), identity);
    writeState(file, state);
    await stopRemains(recognise(state), file);
    expect(identify(identity.pid)).toBeUndefined();
    expect(readState(file)).toBeUndefined();
  });

  it('sends no signal to a stranger', async () => {
    const file = stateFileOf(folder);
    const stranger = await processWith('somebody else');
    const state = stateWith(await deadProcess(), stranger.identity);
    writeState(file, state);
    await stopRemains({ kind: 'orphaned', state, pids: [stranger.identity.pid] }, file);
    expect(identify(stranger.identity.pid)).toEqual(stranger.identity);
  });
});
