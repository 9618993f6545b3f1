import { cp, mkdtemp, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { LogRecord, MessageLog } from '../ports/index.js';
import { groupIdOf } from '../runtime/index.js';
import { CHANGELOG_MARK } from '../runtime/state-key.js';
import { counterAgent } from '../runtime/suite/counter-agent.fixtures.js';
import { until, useCounterWorld } from '../runtime/suite/counter-world.js';
import { openOnKafka } from '../runtime/suite/kafka-setup.js';
import { createLocalStateStores } from './index.js';
import { type LoggedLines, logging } from './local-state.fixtures.js';

jest.setTimeout(60_000);

describe('an agent with its state on disk, on Kafka', () => {
  const world = useCounterWorld(() => openOnKafka('disk'));
  let folder: string;
  /** Copies as they once were. */
  let older: string;
  let log: LoggedLines;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aika-state-'));
    older = await mkdtemp(join(tmpdir(), 'aika-older-state-'));
  });
  beforeEach(() => {
    log = logging();
  });
  afterAll(async () => {
    for (const each of [folder, older]) await rm(each, { recursive: true, force: true });
  });

  const stores = (instanceId: string) =>
    createLocalStateStores({
      directory: folder,
      groupId: groupIdOf(world().namespace, counterAgent),
      instanceId,
      logger: log.logger,
      maxAgeMs: 3_600_000,
    });

  /** Starts an instance. @returns it, and how many records of the changelog, marks not counted, it has read by then */
  async function start(instanceId = 'one') {
    let replayed = 0;
    const counting = (inner: MessageLog): MessageLog =>
      Object.assign(Object.create(inner) as MessageLog, {
        async *read(...args: Parameters<MessageLog['read']>): AsyncGenerator<readonly LogRecord[]> {
          for await (const records of inner.read(...args)) {
            replayed += records.filter(({ key }) => key?.toString() !== CHANGELOG_MARK).length;
            yield records;
          }
        },
      });
    const runtime = await world().start(instanceId, { stores: stores(instanceId), wrap: counting });
    return { runtime, replayed };
  }

  async function handled(customer: string, totals: readonly number[]): Promise<void> {
    await until(() => world().totalsOf(customer).length >= totals.length);
    expect(world().totalsOf(customer)).toEqual(totals);
  }

  /** Folders of an instance's copies. */
  async function copies(instanceId = 'one'): Promise<readonly string[]> {
    const [cluster = ''] = await readdir(folder);
    const own = join(folder, cluster, groupIdOf(world().namespace, counterAgent), instanceId);
    return (await readdir(own)).map((name) => join(own, name));
  }

  it('reads after a restart only what was committed since, and all when the copy is gone, damaged or foreign', async () => {
    const customers = Array.from({ length: 20 }, () => world().customer());
    const [customer = ''] = customers;
    await start();
    for (const each of customers) await world().add(each, [1]);
    await Promise.all(customers.map((each) => handled(each, [1])));
    await world().stopAgents();

    expect((await start()).replayed).toBe(0);
    await world().add(customer, [1]);
    await handled(customer, [1, 2]);
    // The copy as it was before the last message, as after a death between commit and writing.
    await world().stopAgents();
    for (const copy of await copies())
      await cp(copy, join(older, copy.slice(folder.length)), { recursive: true });
    await start();
    await world().add(customer, [1]);
    await handled(customer, [1, 2, 3]);
    await world().stopAgents();
    for (const copy of await copies()) {
      await rm(copy, { recursive: true });
      await rename(join(older, copy.slice(folder.length)), copy);
    }
    const tail = await start();
    expect(tail.replayed).toBeGreaterThan(0);
    expect(tail.replayed).toBeLessThan(5);
    await world().add(customer, [1]);
    await handled(customer, [1, 2, 3, 4]);
    await world().stopAgents();

    const [first = '', second = '', ...others] = await copies();
    for (const name of await readdir(first)) {
      const file = join(first, name);
      await truncate(file, Math.floor((await stat(file)).size / 2));
    }
    await rm(second, { recursive: true });
    const [third = '', fourth = ''] = others;
    await rename(third, `${third}.kept`);
    await rename(fourth, third);
    await rename(`${third}.kept`, fourth);
    const rebuilt = await start();
    expect(rebuilt.replayed).toBeGreaterThanOrEqual(20);
    expect(log.lines.filter((line) => line.includes('"what":"partition"'))).toHaveLength(2);
    await Promise.all(customers.slice(1).map((each) => world().add(each, [1])));
    await Promise.all(customers.slice(1).map((each) => handled(each, [1, 2])));
  });

  it('goes on from the copies of two instances on one machine as partitions come and go', async () => {
    const customers = Array.from({ length: 12 }, () => world().customer());
    const addAll = async (): Promise<void> => {
      for (const each of customers) await world().add(each, [1]);
    };
    await start('one');
    await start('two');
    await addAll();
    await Promise.all(customers.map((each) => handled(each, [1])));
    await world().stopAgents();
    await start('two');
    await addAll();
    await Promise.all(customers.map((each) => handled(each, [1, 2])));
    const { replayed } = await start('one');
    await addAll();
    await Promise.all(customers.map((each) => handled(each, [1, 2, 3])));
    expect(replayed).toBeLessThan(60);
    expect(log.lines.filter((line) => line.includes('built anew'))).toEqual([]);
  });
});
