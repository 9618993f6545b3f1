import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { lanesOf } from '@aika/contracts';
import { createKafkaAdmin, createKafkaLog } from '@aika/messaging/kafka';
import { repositoryRoot } from '../../repository.js';
import { FailpointControl } from '../failpoints/failpoint-control.js';
import type { Failpoint } from '../failpoints/failpoint-trigger.js';
import { type CommittedRecord, readCommittedWithJava } from '../java/committed-reader.js';
import { type ExpectedAsk, faultsOfAsks, faultsOfReplies, messagesIn } from './ask-check.js';

jest.setTimeout(120_000);

const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const folder = mkdtempSync(join(tmpdir(), 'aika-asks-'));
const PROGRAM = join(repositoryRoot(), 'libs/testing/src/faults/asks/asking-process.fixtures.ts');
const MESSAGES = ['commands', 'events', 'agent.risk', 'agent.policy'].flatMap((name) => lanesOf(name));
const TOPICS = [...MESSAGES, ...['audit', 'dlq', 'state.risk', 'state.policy', 'agents'].flatMap(lanesOf)];
const WITHIN_MS = 40_000;
const OUTCOMES = ['sold_out', 'timed-out', 'replied'] as const;
const ITEMS = { sold_out: 'refused', 'timed-out': 'never', replied: 'plain' } as const;

type Role = 'shop' | 'impatient-shop' | 'warehouse' | 'edge';

/** The shop, the warehouse and edges, on topics of their own. */
class Installation {
  readonly namespace = `asks-${randomUUID().slice(0, 8)}`;
  readonly failpoints = new Map<Role, FailpointControl>();
  private readonly admin = createKafkaAdmin({ brokers, clientId: 'asks' });
  private readonly log = createKafkaLog({ brokers, clientId: 'asks' });
  private readonly children = new Set<ChildProcess>();

  async open(): Promise<void> {
    await this.admin.ensureTopics(
      TOPICS.map((name) => ({
        name: this.full(name),
        partitions: 1,
        replicationFactor: 3,
        config: { 'min.insync.replicas': '2' },
      })),
    );
  }

  async close(): Promise<void> {
    await this.killAll();
    await this.log.close();
    await this.admin.deleteTopics(TOPICS.map((name) => this.full(name)));
    await this.admin.close();
  }

  /** Starts a process; `ready` resolves when it can do its work. */
  start(role: Role): { readonly child: ChildProcess; readonly ready: Promise<unknown> } {
    const control = this.control(role);
    const child = fork(PROGRAM, [], {
      cwd: repositoryRoot(),
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      env: {
        ...process.env,
        ...control.env('--no-warnings'),
        ASKING_NAMESPACE: this.namespace,
        ASKING_ROLE: role,
      },
    });
    this.children.add(child);
    child.once('exit', () => this.children.delete(child));
    return { child, ready: Promise.race([once(child, 'message'), exitOf(child)]) };
  }

  async started(role: Role): Promise<ChildProcess> {
    const { child, ready } = this.start(role);
    await ready;
    return child;
  }

  control(role: Role): FailpointControl {
    const control = this.failpoints.get(role) ?? new FailpointControl(folder, `${this.namespace}-${role}`);
    this.failpoints.set(role, control);
    return control;
  }

  /** Puts a customer's orders on the log, one of each outcome. */
  async order(
    customerId: string,
    outcomes: readonly ExpectedAsk['outcome'][] = OUTCOMES,
  ): Promise<readonly ExpectedAsk[]> {
    const asks = outcomes.map((outcome) => ({ id: `msg-${customerId}-${outcome}`, customerId, outcome }));
    const writer = await this.log.createWriter();
    await writer.send(
      asks.map(({ id, outcome }) => ({
        topic: this.full('commands'),
        partition: 0,
        key: customerId,
        value: JSON.stringify({
          messageId: id,
          messageType: 'ORDER',
          sourceAgentId: 'test',
          targetAgentId: 'risk-assessment-agent',
          timestamp: new Date().toISOString(),
          priority: 'NORMAL',
          payload: { customerId, item: ITEMS[outcome], count: 0 },
          metadata: {},
        }),
      })),
    );
    await writer.close();
    return asks;
  }

  /** Waits until so many records of a type of this customer are committed. */
  async committed(topic: string, type: string, customerId: string, count: number): Promise<void> {
    const at = { topic: this.full(topic), partition: 0 };
    const deadline = Date.now() + WITHIN_MS;
    for (;;) {
      const { start: from, stableEnd: until } = await this.log.offsets(at);
      let found = 0;
      for await (const records of this.log.read(at, { from, until })) {
        found += records.filter(
          ({ key, value }) => key?.toString() === customerId && value?.includes(`"${type}"`),
        ).length;
      }
      if (found >= count) return;
      if (Date.now() > deadline) throw new Error(`${found} of ${count} ${type} of ${customerId} in time`);
      await delay(50);
    }
  }

  async records(): Promise<readonly CommittedRecord[]> {
    const all: CommittedRecord[] = [];
    const topics = MESSAGES.map((name) => this.full(name));
    for await (const record of readCommittedWithJava(brokers, topics)) all.push(record);
    return all;
  }

  async killAll(): Promise<void> {
    await Promise.all([...this.children].map(killed));
  }

  private full(topic: string): string {
    return `${this.namespace}.${topic}`;
  }
}

async function killed(child: ChildProcess): Promise<void> {
  const exited = exitOf(child);
  child.kill('SIGKILL');
  await exited;
}

/** Exit code and signal, also of a process that is gone already. */
async function exitOf(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return [child.exitCode, child.signalCode];
  return once(child, 'exit');
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an ask between agents, when processes die', () => {
  const installation = new Installation();
  const asked: ExpectedAsk[] = [];
  const agents = new Map<Role, ChildProcess>();

  beforeAll(async () => {
    await installation.open();
    await Promise.all((['shop', 'warehouse'] as const).map(start));
  });
  afterAll(() => installation.close());

  async function start(role: Role): Promise<void> {
    agents.set(role, await installation.started(role));
  }

  // Each commit is one transaction of all three orders: the first is the question's, the second the answer's.
  it.each<[who: Role, at: Failpoint, transaction: number, what: string]>([
    ['shop', 'before-end', 1, 'the question is written and not committed'],
    ['shop', 'end-sent', 1, 'the question is committed, and the asker has not heard so'],
    ['shop', 'before-end', 2, 'the answer is handled and not committed'],
    ['shop', 'end-sent', 2, 'the answer is handled and committed'],
    ['warehouse', 'before-end', 1, 'the reply is written and not committed'],
    ['warehouse', 'end-sent', 1, 'the reply is committed, and the asked agent has not heard so'],
  ])('kill -9 of the %s at %s of transaction %i: %s', async (who, point, transaction) => {
    const customerId = `cust-${who}-${point}-${transaction}`;
    installation.control(who).order(point, { at: transaction });
    const gone = exitOf(agents.get(who) as ChildProcess);
    asked.push(...(await installation.order(customerId)));
    expect(await gone).toEqual([null, 'SIGKILL']);
    expect(installation.control(who).report()).toMatchObject({ point, at: transaction });
    await start(who);
    await installation.committed('events', 'ORDER_ENDED', customerId, OUTCOMES.length);
  });

  it('kill -9 of both between question and answer', async () => {
    const customerId = 'cust-both';
    installation.control('warehouse').order('before-send');
    const gone = exitOf(agents.get('warehouse') as ChildProcess);
    asked.push(...(await installation.order(customerId)));
    await gone;
    await killed(agents.get('shop') as ChildProcess);
    await Promise.all([start('warehouse'), start('shop')]);
    await installation.committed('events', 'ORDER_ENDED', customerId, OUTCOMES.length);
  });

  it('each of them was put once, answered once and ended once, and both states count it once', async () => {
    expect(asked).toHaveLength(7 * OUTCOMES.length);
    expect(faultsOfAsks(asked, await installation.records())).toEqual([]);
  });

  it('negative control: a handler that waits for its answer asks twice, and that is found', async () => {
    await killed(agents.get('shop') as ChildProcess);
    const customerId = 'cust-impatient';
    installation.control('impatient-shop').order('before-end', { at: 2 });
    const { child } = installation.start('impatient-shop');
    const gone = exitOf(child);
    const asks = await installation.order(customerId, ['replied']);
    expect(await gone).toEqual([null, 'SIGKILL']);
    await installation.started('impatient-shop');
    await installation.committed('events', 'ORDER_ENDED', customerId, 1);
    expect(faultsOfAsks(asks, await installation.records())).toContain(`2 × question of ${asks[0]?.id}`);
  });
});

describe('an ask from outside, when processes die', () => {
  const installation = new Installation();
  let warehouse: ChildProcess;

  interface Outcome {
    readonly messageId: string;
    readonly outcome: string;
  }
  interface Asking {
    readonly ids: readonly string[];
    readonly outcomes: Outcome[];
    readonly all: Promise<unknown>;
  }

  beforeAll(async () => {
    await installation.open();
    warehouse = await installation.started('warehouse');
  });
  afterEach(() => installation.failpoints.forEach((control) => control.withdraw()));
  afterAll(() => installation.close());

  /** Lets an edge ask for each of these, at once. */
  function ask(edge: ChildProcess, messageIds: readonly string[], timeoutMs = WITHIN_MS): Asking {
    const outcomes: Outcome[] = [];
    const { promise: all, resolve } = Promise.withResolvers<void>();
    edge.on('message', (told: Outcome) => {
      if (!messageIds.includes(told.messageId)) return;
      outcomes.push(told);
      if (outcomes.length === messageIds.length) resolve();
    });
    edge.send(
      messageIds.map((messageId) => ({
        messageId,
        customerId: `cust-${messageId}`,
        item: 'plain',
        timeoutMs,
      })),
    );
    return { ids: messageIds, outcomes, all };
  }

  const ids = (name: string): readonly string[] => [0, 1, 2, 3].map((n) => `msg-${name}-${n}`);
  const told = ({ outcomes }: Asking): ReadonlySet<string> => new Set(outcomes.map(({ outcome }) => outcome));

  async function expectOneReplyEach(...askings: readonly Pick<Asking, 'ids'>[]): Promise<void> {
    const messages = messagesIn(await installation.records());
    const all = askings.flatMap((asking) => asking.ids);
    expect(all.flatMap((id) => faultsOfReplies(id, 'replied', messages))).toEqual([]);
  }

  it('kill -9 of one asking process: the others have their answers, and its successor those it asks for again', async () => {
    await killed(warehouse);
    const [dying, living] = await Promise.all([installation.started('edge'), installation.started('edge')]);
    const [lost, kept] = [ask(dying, ids('dying')), ask(living, ids('living'))];
    for (const id of [...lost.ids, ...kept.ids]) {
      await installation.committed('commands', 'CHECK_STOCK', `cust-${id}`, 1);
    }
    await killed(dying);
    const successor = await installation.started('edge');
    // A retry is under the same id: the warehouse takes it once.
    const again = ask(successor, lost.ids.slice(0, 2));
    for (const id of again.ids) {
      await installation.committed('commands', 'CHECK_STOCK', `cust-${id}`, 2);
    }
    warehouse = await installation.started('warehouse');
    await Promise.all([kept.all, again.all]);
    expect([told(kept), told(again), lost.outcomes]).toEqual([
      new Set(['replied']),
      new Set(['replied']),
      [],
    ]);
    await expectOneReplyEach(lost, kept);
    // Nothing of it holds a process up: both end as soon as they may.
    for (const edge of [living, successor]) {
      const exited = exitOf(edge);
      edge.disconnect();
      expect(await exited).toEqual([0, null]);
    }
  });

  it.each<[at: Failpoint, what: string]>([
    ['before-end', 'its replies are written and not committed'],
    ['end-sent', 'its replies are committed'],
  ])('kill -9 of the asked agent at %s, when %s: one answer, after it was taken over', async (point) => {
    const edge = await installation.started('edge');
    installation.control('warehouse').order(point);
    const gone = exitOf(warehouse);
    const asking = ask(edge, ids(point));
    expect(await gone).toEqual([null, 'SIGKILL']);
    warehouse = await installation.started('warehouse');
    await asking.all;
    expect(told(asking)).toEqual(new Set(['replied']));
    await expectOneReplyEach(asking);
    expect(asking.outcomes).toHaveLength(asking.ids.length);
    await killed(edge);
  });

  it('kill -9 of the asked agent, which stays away: the deadline’s fault, and the late answer is nobody’s', async () => {
    const edge = await installation.started('edge');
    installation.control('warehouse').order('before-end');
    const gone = exitOf(warehouse);
    const asking = ask(edge, ids('late'), 1_500);
    await gone;
    await asking.all;
    expect(told(asking)).toEqual(new Set(['ASK_TIMED_OUT']));
    warehouse = await installation.started('warehouse');
    for (const id of asking.ids) {
      await installation.committed('events', 'STOCK_CHECKED', `cust-${id}`, 1);
    }
    const after = ask(edge, ids('after'));
    await after.all;
    expect(told(after)).toEqual(new Set(['replied']));
    expect(asking.outcomes).toHaveLength(asking.ids.length);
    await expectOneReplyEach(asking, after);
  });
});
