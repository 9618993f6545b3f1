import { SEALED_PREFIX } from '@aika/contracts';
import { type MessageLog, type OutgoingRecord, stateKey, type StateSession } from '@aika/messaging';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  LATER_MS,
  MailNote,
  NotaryWorld,
  STATE_TOPIC,
  TakeNote,
  TakeNoteLater,
  until,
} from './sealed-state.fixtures.js';

const customers = Array.from({ length: 8 }, (_, n) => `cust-${n}`);

describe('local copies of state on a guarded log', () => {
  let world: NotaryWorld;
  beforeEach(async () => {
    world = await NotaryWorld.make();
  });
  afterEach(() => world.remove());

  /** One note of each customer, in copies that nobody has open. */
  async function notesOfAll(): Promise<void> {
    await world.start();
    await world.send(TakeNote, ...customers.map((id) => [id, `of ${id}`] as const));
    for (const id of customers) await world.untilTold(id, ['nothing']);
    await world.stop();
  }

  const hasState = async (part: string): Promise<boolean> =>
    (await world.records(STATE_TOPIC)).some(({ key }) => String(key).includes(part));

  it('hold what the changelog holds, in no file in plain text, where copies of a bare log hold all', async () => {
    const written = async (log: MessageLog) => {
      await world.start({ log });
      await world.sendTo(log, TakeNote, ['ada', 'lives in Ockham']);
      await world.untilTold('ada', ['nothing']);
      await world.stop();
      return world.filesText();
    };
    const sealed = await written(world.guarded());
    expect(sealed).not.toContain('Ockham');
    const entry = (await world.records(STATE_TOPIC)).findLast(({ key }) => String(key).startsWith('s/ada/'));
    expect(entry?.value?.toString()).toContain(SEALED_PREFIX);
    expect(sealed).toContain(entry?.value?.toString());
    await world.remove();

    world = await NotaryWorld.make();
    expect(await written(world.bare)).toContain('lives in Ockham');
  });

  it('are gone on from, with all that handlers, timers, parked keys and effects need', async () => {
    await notesOfAll();
    const runtime = await world.start();
    await world.send(TakeNoteLater, ['cust-1', 'in time']);
    await until(() => hasState('t/cust-1/later'));
    world.isStuck = true;
    await world.send(TakeNote, ['cust-2', 'that waits'], ['cust-2', 'behind it']);
    await world.send(MailNote, ['cust-3', 'to be mailed']);
    await until(() => runtime.status().parkedKeys === 1 && runtime.status().pendingEffects === 1);
    await until(() => hasState('p/cust-2/000000002'));
    await world.stop();
    const text = await world.filesText();
    for (const secret of ['of cust-1', 'in time', 'that waits', 'behind it', 'to be mailed']) {
      expect(text).not.toContain(secret);
    }
    world.isStuck = false;
    world.aheadMs = 2 * LATER_MS;
    await world.start();
    expect(world.replayed).toBe(0);
    await world.untilTold('cust-1', ['nothing', 'of cust-1']);
    await world.untilTold('cust-2', ['nothing', 'of cust-2', 'that waits']);
    await world.untilTold('cust-3', ['nothing', 'to be mailed']);
    await world.recall('cust-1', 'cust-2', 'cust-4');
    await world.untilTold('cust-1', ['nothing', 'of cust-1', 'in time']);
    await world.untilTold('cust-2', ['nothing', 'of cust-2', 'that waits', 'behind it']);
    await world.untilTold('cust-4', ['nothing', 'of cust-4']);
    expect(world.lines.filter((line) => /anew|in memory/.test(line))).toEqual([]);
  });

  it('read as the changelog does once a customer is erased, and the others as before', async () => {
    await notesOfAll();
    await world.keys().erase('cust-1');
    const changelog = await world.records(STATE_TOPIC, world.guarded());
    const entry = changelog.findLast(({ key }) => String(key).startsWith('s/cust-1/'));
    const { d } = JSON.parse(String(entry?.value)) as { readonly d: { readonly note: string } };
    expect(d.note).toMatch(/^\[erased:[0-9a-f]{8}\]$/);
    await world.start();
    expect(world.replayed).toBe(0);
    await world.recall('cust-1', 'cust-2');
    await world.untilTold('cust-2', ['nothing', 'of cust-2']);
    // What was told before the erasure was not personal of them, but it stood in a field that is.
    expect((await world.told('cust-1')).at(-1)).toBe(d.note);
  });

  it('are read though a process holds fewer keys than a batch has customers', async () => {
    await notesOfAll();
    await world.recall(...customers);
    await world.start({ log: world.guarded(world.keys({ limit: 1, lifetimeMs: 0 })) });
    for (const id of customers) await world.untilTold(id, ['nothing', `of ${id}`]);
    expect(world.recalls).toBe(customers.length);
  });

  it('wait for a store of keys that is away, with effects at the opening and with messages, and lose nothing', async () => {
    await notesOfAll();
    const before = await world.start();
    world.isStuck = true;
    await world.send(MailNote, ['cust-3', 'to be mailed']);
    await until(() => before.status().pendingEffects === 1);
    await world.stop();
    world.isStuck = false;
    const find = jest.spyOn(world.store, 'find').mockRejectedValue(new Error('away'));
    const runtime = await world.start({ wait: false });
    await until(() => runtime.status().lastError?.includes('Personal data') === true);
    expect(runtime.status()).toMatchObject({ state: 'REBUILDING', handled: 0 });
    find.mockRestore();
    await world.untilTold('cust-3', ['nothing', 'to be mailed']);

    await world.stop();
    const after = await world.start();
    jest.spyOn(world.store, 'find').mockRejectedValue(new Error('away'));
    await world.recall('cust-5', 'cust-6');
    await until(() => after.status().lastError?.includes('Personal data') === true);
    expect(after.status().handled).toBe(0);
    jest.restoreAllMocks();
    for (const id of ['cust-5', 'cust-6']) await world.untilTold(id, ['nothing', `of ${id}`]);
    expect(after.status()).toMatchObject({ state: 'RUNNING', handled: 2, deadLetters: 0, parkedKeys: 0 });
  });
});

describe('a session of a guarded log', () => {
  let world: NotaryWorld;
  let session: StateSession;
  const key = stateKey('store', 'ada', 'notes/last');
  const value = '{"d":{"note":"lives in Ockham"}}';
  const record: OutgoingRecord = { topic: STATE_TOPIC, partition: 0, key, value };
  beforeEach(async () => {
    world = await NotaryWorld.make();
    session = world.guarded().stateGuard?.session() as StateSession;
  });
  afterEach(() => world.remove());

  const sealedText = async (by = session): Promise<string> => String((await by.seal([record]))[0]?.value);

  it('opens what it has sealed itself, also under a key that was not there when it was asked for', async () => {
    await session.prepare(['ada']);
    const text = await sealedText();
    expect(text).not.toContain('Ockham');
    expect(session.open(key, text)).toBe(value);
    // As for a batch that is handled while the two before it commit.
    await session.seal([{ ...record, key: stateKey('store', 'bob', 'notes/last') }]);
    expect(session.open(key, text)).toBe(value);
  });

  it('does not give out sealed text as a value to who has not asked for the key', async () => {
    const text = await sealedText(world.guarded().stateGuard?.session());
    expect(() => session.open(key, text)).toThrow(/nobody had asked the key/);
    expect(session.open(key, value)).toBe(value);
    await session.prepare(['ada']);
    expect(session.open(key, text)).toBe(value);
  });

  it('seals once: the log takes its records as they are, and only these', async () => {
    const keys = world.keys();
    const log = world.guarded(keys);
    const sealed = (await log.stateGuard?.session().seal([record])) ?? [];
    const load = jest.spyOn(keys, 'load');
    const writer = await log.createWriter();
    await writer.send(sealed);
    expect(load).not.toHaveBeenCalled();
    await writer.send([record]);
    await writer.close();
    const written = await world.records(STATE_TOPIC);
    expect(written.map((each) => String(each.value))).toEqual([sealed[0]?.value, sealed[0]?.value]);
  });
});
