import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MemorySealStore, type Seal } from '@aika/audit';
import { createInMemoryBroker, type InMemoryBroker } from '@aika/messaging/in-memory';
import { eventually, frozenBeforeCommit, PARTITIONS, SealedWorld } from './sealer.fixtures.js';

const TOPICS = { 'trail.audit': PARTITIONS, 'trail.audit.seals': PARTITIONS };
jest.setTimeout(20_000);

let broker: InMemoryBroker;
let world: SealedWorld;

beforeEach(() => {
  broker = createInMemoryBroker({ topics: TOPICS });
  const connect = (clientId: string) => broker.connect(clientId);
  world = new SealedWorld('trail', connect, connect('test'));
});

afterEach(() => world.close());

describe('the sealer', () => {
  it('seals every committed record once, whatever markers and aborted records stand between', async () => {
    world.sealer('a');
    await world.write(100, { inTransactions: true });
    await world.whole(80);
  });

  it('shares the partitions with another one, and takes over from one that stops', async () => {
    const first = world.sealer('a');
    await world.write(200);
    const second = world.sealer('b');
    await eventually(() => expect(second.status().partitions).toHaveLength(2));
    await world.write(200);
    await first.stop();
    await eventually(() => expect(second.status().partitions).toHaveLength(4));
    await world.write(200);
    await world.whole(600);
  });

  it('that was frozen before its commit and comes back does no harm: what it commits late is refused', async () => {
    const gate = Promise.withResolvers<void>();
    let isAtGate = false;
    const hold = (): Promise<void> => {
      isAtGate = true;
      return gate.promise;
    };
    const frozen = world.sealer('a', { log: frozenBeforeCommit(broker.connect('a'), hold) });
    await world.write(40);
    await eventually(() => expect(isAtGate).toBe(true));
    broker.expireClient('a');
    world.sealer('b');
    await world.whole(40);
    gate.resolve();
    await eventually(() => expect(frozen.status().partitions).toHaveLength(2));
    expect(frozen.status()).toMatchObject({ seals: 0, broken: {} });
    await world.write(40);
    await world.whole(80);
  });

  it('is one for each partition through many changes of the group', async () => {
    const instances = ['a', 'b'];
    for (const instance of instances) world.sealer(instance);
    for (let round = 0; round < 12; round += 1) {
      await world.write(40);
      broker.expireClient(instances[round % 2]!);
    }
    await world.whole(480);
  });

  it('seals each record once although answers to commits are lost, before or after the commit', async () => {
    let commits = 0;
    broker.fateOfCommit = () => (['answered', 'answer-lost', 'request-lost'] as const)[commits++ % 3]!;
    world.sealer('a', { batchSize: 10 });
    for (let round = 0; round < 5; round += 1) await world.write(20);
    await world.whole(100);
    expect(commits).toBeGreaterThan(5);
  });

  it('goes on without the second place, and brings it what it missed', async () => {
    const store = new MemorySealStore();
    let isAway = true;
    const append = store.append.bind(store);
    store.append = (seal: Seal) => (isAway ? Promise.reject(new Error('away')) : append(seal));
    world.store = store;
    let now = Date.now();
    const sealer = world.sealer('a', { clock: () => now });
    await world.write(100);
    await eventually(() => {
      now += 100;
      expect(sealer.status()).toMatchObject({ sealed: 100, copying: 'Error' });
    });
    isAway = false;
    now += 10_000;
    await world.whole(100);
    expect(sealer.status().copying).toBeUndefined();
  });

  it('goes on while the second place stands still, and brings it what came meanwhile, in order', async () => {
    const store = new MemorySealStore();
    const answering = Promise.withResolvers<void>();
    const append = store.append.bind(store);
    store.append = async (seal: Seal) => {
      await answering.promise;
      return append(seal);
    };
    world.store = store;
    const sealer = world.sealer('a');
    for (const sealed of [40, 80, 120]) {
      await world.write(40);
      await eventually(() => expect(sealer.status()).toMatchObject({ sealed }));
    }
    answering.resolve();
    await world.whole(120);
  });

  it('has brought everything to the second place when it has stopped', async () => {
    const store = new MemorySealStore();
    const append = store.append.bind(store);
    store.append = async (seal: Seal) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return append(seal);
    };
    world.store = store;
    const sealer = world.sealer('a', { intervalMs: 60_000 });
    await world.write(40);
    await eventually(() => expect(sealer.status().waiting).toBe(40));
    await sealer.stop();
    expect(await world.verify()).toEqual({ verified: 40, unsealed: 0, notCopied: 0, findings: [] });
  });

  it('does not go on where the seals are gone from the topic, and verification says so', async () => {
    const first = world.sealer('a');
    await world.write(40);
    await world.whole(40);
    await first.stop();
    broker.createTopic('trail.audit.seals', PARTITIONS);
    const second = world.sealer('b');
    await world.write(40);
    await eventually(() =>
      expect(Object.values(second.status().broken)).toEqual(Array(4).fill('CHAIN_BROKEN')),
    );
    const { findings, unsealed } = await world.verify();
    expect(unsealed).toBe(40);
    expect(findings.map(({ kind }) => kind)).toEqual(Array(4).fill('SEALS_CUT'));
  });

  it('does not go on where the records that it has sealed are gone', async () => {
    const first = world.sealer('a');
    await world.write(40);
    await world.whole(40);
    await first.stop();
    broker.createTopic('trail.audit', PARTITIONS);
    const second = world.sealer('b');
    await eventually(() => expect(Object.keys(second.status().broken)).toHaveLength(4));
    const { findings } = await world.verify();
    expect(findings.map(({ kind }) => kind)).toEqual(Array(4).fill('CUT'));
  });
});
