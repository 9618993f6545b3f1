import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createInMemoryBroker, type InMemoryBroker } from '../in-memory/index.js';
import type { FaultOutcome, OperationName } from './fault.js';
import { SimulatedLog } from './simulated-log.js';
import { SimulatedProcess } from './simulated-process.js';
import { installVirtualTime } from './virtual-globals.js';
import { VirtualWorld } from './virtual-world.js';

const TOPIC = 'outputs';

describe('a process under faults', () => {
  let world: VirtualWorld;
  let broker: InMemoryBroker;
  let restore: () => void;

  beforeEach(() => {
    world = new VirtualWorld(1);
    restore = installVirtualTime(world);
    broker = createInMemoryBroker({ topics: 1, clock: () => world.now });
  });

  afterEach(() => restore());

  const start = (fault?: { readonly at: OperationName; readonly outcome: FaultOutcome }) => {
    const process = new SimulatedProcess(1, 'p', world, {
      reached: (operation) => (operation === fault?.at ? fault.outcome : undefined),
      crashed: () => undefined,
      paused: () => undefined,
      askedToEnd: () => undefined,
      trace: () => undefined,
    });
    const inner = broker.connect('p');
    const log = new SimulatedLog({ inner, process, nextChange: (ms) => broker.nextChange(ms) });
    return { process, log };
  };

  /** What a transaction that writes one record comes to, from the process's side. */
  const write = async (log: SimulatedLog): Promise<string> => {
    let result = 'no answer';
    const work = async (): Promise<void> => {
      const options = { transactionalId: 'tx', transactionTimeoutMs: 1_000 };
      const transaction = await (await log.createTransactionalWriter(options)).begin();
      await transaction.send([{ topic: TOPIC, partition: 0, key: null, value: 'x' }]);
      await transaction.commit();
    };
    work().then(
      () => (result = 'committed'),
      (error: { code: string }) => (result = error.code),
    );
    await world.runUntil(() => result !== 'no answer', 500);
    return result;
  };
  const written = (): number => broker.lagOf('nobody', [TOPIC]);

  it('commits when nothing fails', async () => {
    expect(await write(start().log)).toBe('committed');
    expect(written()).toBe(1);
  });

  it.each([
    { outcome: 'crash-before', answer: 'no answer' },
    { outcome: 'crash-after', answer: 'no answer' },
    { outcome: 'request-lost', answer: 'COMMIT_OUTCOME_UNKNOWN' },
    { outcome: 'answer-lost', answer: 'COMMIT_OUTCOME_UNKNOWN' },
    { outcome: 'late-commit', answer: 'COMMIT_OUTCOME_UNKNOWN' },
    { outcome: 'fenced', answer: 'FENCED' },
  ] as const)('at a commit, $outcome is $answer to the process', async ({ outcome, answer }) => {
    expect(await write(start({ at: 'commit', outcome }).log)).toBe(answer);
  });

  it.each([
    { outcome: 'crash-before', records: 0 },
    { outcome: 'crash-after', records: 1 },
    { outcome: 'request-lost', records: 0 },
    { outcome: 'answer-lost', records: 1 },
    { outcome: 'late-commit', records: 1 },
    { outcome: 'transaction-failed', records: 0 },
  ] as const)('at a commit, $outcome leaves $records records committed', async ({ outcome, records }) => {
    await write(start({ at: 'commit', outcome }).log);
    await world.runUntil(() => false, 500);
    // A new writer of the id aborts what was left open.
    await write(start().log);
    expect(written()).toBe(records + 1);
  });

  it('does nothing while it stands still, and goes on afterwards where it was', async () => {
    const { process, log } = start({ at: 'send', outcome: 'pause-before' });
    expect(await write(log)).toBe('no answer');
    expect(written()).toBe(0);
    process.resume();
    await world.runUntil(() => false, 100);
    expect(written()).toBe(1);
  });
});
