import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { lanesOf } from '@aika/contracts';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';
import { repositoryRoot } from '../../repository.js';
import { readCommittedWithJava } from '../java/committed-reader.js';
import { resume, isSuspended } from '../processes/suspend.js';
import { KafkaProxy } from '../proxy/kafka-proxy.js';
import { FailpointControl } from './failpoint-control.js';
import type { Failpoint, FailpointReport } from './failpoint-trigger.js';

jest.setTimeout(120_000);

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const folder = mkdtempSync(join(tmpdir(), 'aika-failpoints-'));
const admin = createKafkaAdmin({ brokers, clientId: 'failpoints' });
const control = new FailpointControl(folder);
const AGENT = join(repositoryRoot(), 'libs/testing/src/faults/failpoints/counter-agent.fixtures.ts');
/** Points of a transaction; the first that a new owner makes is that of its mark in the changelog. */
const AFTER_THE_MARK: readonly Failpoint[] = ['after-send', 'before-end', 'end-sent', 'after-end'];
const TOPICS = ['commands', 'events', 'agent.risk', 'audit', 'dlq', 'state.risk', 'agents'].flatMap(lanesOf);

let namespace: string;
let agents: ChildProcess[];

beforeEach(async () => {
  namespace = `fp-${randomUUID().slice(0, 8)}`;
  agents = [];
  await admin.ensureTopics(
    TOPICS.map((name) => ({ name: `${namespace}.${name}`, partitions: 1, replicationFactor: 3, config: {} })),
  );
});

afterEach(async () => {
  control.withdraw();
  for (const agent of agents.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    const exited = once(agent, 'exit');
    agent.kill('SIGKILL');
    await exited;
  }
  await admin.deleteTopics(TOPICS.map((name) => `${namespace}.${name}`));
});

afterAll(async () => {
  await admin.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(send: string, env: Record<string, string> = {}): ChildProcess {
  const agent = spawn(process.execPath, [AGENT], {
    cwd: repositoryRoot(),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      ...control.env('--no-warnings'),
      COUNTER_NAMESPACE: namespace,
      COUNTER_SEND: send,
      ...env,
    },
  });
  agents.push(agent);
  return agent;
}

/** Starts an agent that gets these commands and dies at the point. */
async function dieAt(
  point: Failpoint,
  send: string,
  env: Record<string, string> = {},
): Promise<FailpointReport> {
  control.order(point, { at: AFTER_THE_MARK.includes(point) ? 2 : 1 });
  const agent = start(send, env);
  const [code, signal] = (await once(agent, 'exit')) as [number | null, string | null];
  expect({ code, signal }).toEqual({ code: null, signal: 'SIGKILL' });
  const report = control.report();
  if (report === undefined) throw new Error(`it died, but not at ${point}`);
  expect(report).toMatchObject({ point, pid: agent.pid });
  return report;
}

async function committedEvents(): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const { value } of readCommittedWithJava(brokers, [`${namespace}.events`])) {
    types.push((JSON.parse(value ?? '{}') as { messageType: string }).messageType);
  }
  return types;
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`not within a minute: ${String(condition)}`);
    await delay(10);
  }
}

/** Offsets that the events' partition has taken: committed, aborted and open records, and markers. */
async function writtenEvents(): Promise<number> {
  const log = createKafkaLog({ brokers, clientId: 'failpoints' });
  try {
    return (await log.offsets({ topic: `${namespace}.events`, partition: 0 })).end;
  } finally {
    await log.close();
  }
}

describe('an agent dies at a failpoint', () => {
  it.each(['before-join', 'after-join', 'on-assigned', 'before-send'] as const)(
    '%s: nothing of the message was written',
    async (point) => {
      await dieAt(point, 'ADD');
      expect(await writtenEvents()).toBe(0);
    },
  );

  it.each(['after-send', 'before-end'] as const)('%s: what was written is never committed', async (point) => {
    await dieAt(point, 'ADD');
    expect(await writtenEvents()).toBeGreaterThan(0);
    expect(await committedEvents()).toEqual([]);
  });

  it('after-offsets: outputs travel beside the positions, and what of them was written is never committed', async () => {
    await dieAt('after-offsets', 'ADD');
    expect(await committedEvents()).toEqual([]);
  });

  it.each(['end-sent', 'after-end'] as const)('%s: the transaction is committed', async (point) => {
    await dieAt(point, 'ADD');
    expect(await committedEvents()).toEqual(['ADDED']);
  });

  it.each(['before-copy', 'after-copy'] as const)(
    '%s: the transaction is committed, and the state goes on from there',
    async (point) => {
      const env = { COUNTER_STATE_DIR: mkdtempSync(join(folder, 'state-')) };
      await dieAt(point, 'ADD', env);
      expect(await committedEvents()).toEqual(['ADDED']);
      start('ADD', env);
      await until(async () => (await committedEvents()).length === 2);
    },
  );

  it('during-restore: with a changelog to read', async () => {
    await dieAt('after-end', 'ADD');
    await dieAt('during-restore', '');
  });

  it('effect-called: the effect was called, and its result is not written', async () => {
    await dieAt('effect-called', 'ADD_OUTSIDE');
    expect(await committedEvents()).toEqual([]);
  });

  it('after-abort: once a step of the transaction has failed', async () => {
    const proxy = await KafkaProxy.start({ brokers });
    try {
      proxy.add({ api: 'TxnOffsetCommit', direction: 'request', action: 'drop' });
      await dieAt('after-abort', 'ADD', { KAFKA_BROKERS: proxy.brokers.join(',') });
    } finally {
      await proxy.close();
    }
    expect(await committedEvents()).toEqual([]);
  });

  it('at the hit that the environment names', async () => {
    const agent = start('ADD', { AIKA_FAULT_POINT: 'after-end', AIKA_FAULT_AT: '1' });
    const [, signal] = (await once(agent, 'exit')) as [number | null, string | null];
    expect(signal).toBe('SIGKILL');
    expect(control.report()).toMatchObject({ point: 'after-end', at: 1 });
  });

  it('or stands still there, until it is resumed, and then goes on', async () => {
    control.order('after-send', { at: 2, action: 'stop' });
    start('ADD');
    const { pid } = await control.fired();
    expect(isSuspended(pid)).toBe(true);
    resume(pid);
    // Its transaction may have been aborted meanwhile: then the message was handled again.
    await until(async () => (await committedEvents()).length > 0);
    expect(await committedEvents()).toEqual(['ADDED']);
  });
});
