import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HEADER, lanesOf } from '@aika/contracts';
import { LogError } from '../ports/index.js';
import { COUNTER } from '../runtime/suite/counter-agent.fixtures.js';
import { CountedHistory, WRITTEN_TO } from './counted-history.fixtures.js';
import { change, type States } from './recorded-states.js';
import { parseReplayPoint } from './replay-point.js';
import type { ReplayReport } from './replay-report.js';

const NOTHING = { different: 0, missing: 0, extra: 0 };

function verdicts({ differences }: ReplayReport) {
  return differences.map(({ of, verdict, name, fields }) => ({
    of,
    verdict,
    name,
    fields: fields.map(({ path }) => path),
  }));
}

describe('a replay of a history', () => {
  let history: CountedHistory;

  beforeAll(async () => {
    history = await CountedHistory.make();
    await history.live();
  }, 60_000);
  afterAll(() => history.close());

  it('by the same handlers makes the same outputs, dead letters, effects and states', async () => {
    const report = await history.replay();
    expect(report.differences).toEqual([]);
    expect(report).toMatchObject({ isSame: true, isInterrupted: false, agentId: COUNTER, notes: [] });
    const { inputs, outputs, deadLetters, effects, states } = report.compared;
    // 46 additions and one that was not lucky, one given up; two set timers, one asked for the effect, two controls.
    expect(inputs).toEqual({ same: 45 + 1 + 1 + 2 + 1 + 2, ...NOTHING });
    // Two timers' messages, the lines of two controls and of one audited command.
    expect(outputs).toEqual({ same: 45 + 2 + 2 + 1, ...NOTHING });
    expect(deadLetters).toEqual({ same: 2, ...NOTHING });
    expect(effects).toEqual({ same: 1, ...NOTHING });
    expect(states).toEqual({ same: 5, ...NOTHING });
    expect(report.partitions.reduce((sum, { timers }) => sum + timers, 0)).toBe(2);
    expect(report.partitions.reduce((sum, { effects: ended }) => sum + ended, 0)).toBe(1);
  });

  it('never runs an effect', async () => {
    const before = history.effectCalls;
    expect((await history.replay()).isSame).toBe(true);
    expect(history.effectCalls).toBe(before);
  });

  it('writes nothing, joins no group and commits no position', async () => {
    const before = [await history.endsOf('counted'), await history.endsOf(WRITTEN_TO)];
    const positions = await history.committed(`counted.${COUNTER}`);
    await history.replay({}, { total: (total) => total + 1 });
    expect([await history.endsOf('counted'), await history.endsOf(WRITTEN_TO)]).toEqual(before);
    expect(await history.committed(`counted.${COUNTER}`)).toEqual(positions);
  });

  it('tells which field of which message and state a changed handler makes otherwise', async () => {
    const [, two] = history.customers;
    const change = (total: number, { customerId }: { readonly customerId: string }): number =>
      customerId === two ? total * 2 : total;
    const report = await history.replay({ values: true }, { total: change });
    expect(report.isSame).toBe(false);
    expect(report.compared.outputs).toEqual({ same: 50 - 9, different: 9, missing: 0, extra: 0 });
    expect(report.compared.states).toEqual({ same: 4, different: 1, missing: 0, extra: 0 });
    expect(new Set(report.differences.map(({ customerId }) => customerId))).toEqual(new Set([two]));
    const [first] = report.differences;
    const { recorded, now } = first?.fields[0] ?? {};
    expect(first).toMatchObject({ of: 'outputs', name: 'ADDED', fields: [{ path: 'payload.total' }] });
    expect(now).toBeGreaterThan(recorded as number);
  });

  it('counts all that differs, and tells the fields of as much as is asked for', async () => {
    const report = await history.replay({ limit: 3 }, { total: (total) => total + 1 });
    expect(report.differences).toHaveLength(3);
    expect(report.differences.every(({ fields }) => fields.length > 0)).toBe(true);
    expect(report.compared.outputs.different).toBeGreaterThan(3);
    expect(report.compared.inputs).toMatchObject(NOTHING);
  });

  it('tells names of fields alone unless values are asked for', async () => {
    const report = await history.replay({}, { total: (total) => total + 1 });
    const fields = report.differences.flatMap((difference) => difference.fields);
    expect(fields).toContainEqual({ path: 'payload.total' });
    expect(fields.every((field) => Object.keys(field).join() === 'path')).toBe(true);
  });

  it('tells what is not made any more', async () => {
    const report = await history.replay({}, { says: ({ amount }) => amount !== 500 });
    expect(verdicts(report)).toEqual([{ of: 'outputs', verdict: 'missing', name: 'ADDED', fields: [] }]);
  });

  it('tells what is made now and was not then, and a dead letter that is none any more', async () => {
    const report = await history.replay({}, { isUnlucky: () => false });
    expect(report.compared.outputs).toMatchObject({ missing: 0, extra: 1 });
    expect(report.compared.deadLetters).toEqual({ same: 1, different: 0, missing: 1, extra: 0 });
    expect(verdicts(report)).toContainEqual({
      of: 'deadLetters',
      verdict: 'missing',
      name: 'UNLUCKY',
      fields: [],
    });
  });

  it('tells a message that was handled then and fails now', async () => {
    const report = await history.replay({}, { isUnlucky: (amount) => amount === 13 || amount === 500 });
    expect(verdicts(report)).toContainEqual({
      of: 'deadLetters',
      verdict: 'extra',
      name: 'UNLUCKY',
      fields: [],
    });
    expect(verdicts(report)).toContainEqual({ of: 'outputs', verdict: 'missing', name: 'ADDED', fields: [] });
  });

  it('tells a timer that is due at another time, and an effect that is asked otherwise', async () => {
    const timers = await history.replay({}, { dueInMs: 60 });
    expect(verdicts(timers)).toEqual(
      [1, 2].map(() => ({ of: 'outputs', verdict: 'different', name: 'ADD', fields: ['timestamp'] })),
    );
    const effects = await history.replay({}, { asked: (amount) => amount + 1 });
    expect(verdicts(effects)).toEqual([
      { of: 'effects', verdict: 'different', name: 'confirm', fields: ['request.amount'] },
    ]);
  });

  it('keeps as many differences as are asked for and counts all', async () => {
    const report = await history.replay({ limit: 3 }, { total: (total) => total + 1 });
    expect(report.differences).toHaveLength(3);
    expect(report.differenceCount).toBe(45 + 5);
  });

  it('of one customer is of that one alone', async () => {
    const [one, two] = history.customers;
    const report = await history.replay({ customerId: one });
    expect(report).toMatchObject({ isSame: true, compared: { states: { same: 1 } } });
    expect(report.compared.outputs.same).toBe(8 + 1 + 1 + 1 + 1);
    expect(report.partitions.map(({ partition }) => partition)).toEqual([history.partition]);
    const changed = await history.replay({ customerId: two }, { total: (total) => total + 1 });
    expect(new Set(changed.differences.map(({ customerId }) => customerId))).toEqual(new Set([two]));
  });

  it('from each transaction on, and until each, is the same: states and timers of before are there', async () => {
    const log = await history.recordsOf('counted.state.risk');
    const entries = log.filter(
      ({ key, partition }) => /^m\//.test(String(key)) && partition === history.partition,
    );
    const times = entries.map(({ value }) => (JSON.parse(String(value)) as { readonly at: number }).at);
    expect(times.length).toBeGreaterThan(5);
    const all = (await history.replay()).compared.inputs.same;
    for (const at of times) {
      const later = await history.replay({ from: { kind: 'time', at } });
      const earlier = await history.replay({ until: { kind: 'time', at } });
      expect([later.differences, earlier.differences]).toEqual([[], []]);
      expect(later.compared.inputs.same + earlier.compared.inputs.same).toBe(all);
    }
  });

  it('from a message or a position begins with its transaction, in its partition alone', async () => {
    const from = parseReplayPoint(history.sickId);
    const report = await history.replay({ from });
    expect(report).toMatchObject({ isSame: true, partitions: [{ partition: history.partition }] });
    const commands = (await history.recordsOf('counted.commands')).filter(
      ({ partition }) => partition === history.partition,
    );
    const last = commands.at(-1)?.offset ?? 0;
    const position = parseReplayPoint(`commands/${history.partition}@${last}`);
    const tail = await history.replay({ from: position });
    expect(tail.isSame).toBe(true);
    expect(tail.compared.inputs.same).toBeLessThan(report.compared.inputs.same);
    const changed = await history.replay({ from: position }, { total: (total) => total + 1 });
    expect(changed.compared.outputs.different).toBeGreaterThan(0);
  });

  it('does not go where there is no history', async () => {
    const refused = (point: string) => history.replay({ from: parseReplayPoint(point) });
    await expect(refused('msg-of-nobody')).rejects.toMatchObject({ code: 'POINT_NOT_IN_HISTORY' });
    await expect(refused('commands/0@99999')).rejects.toMatchObject({ code: 'POINT_NOT_IN_HISTORY' });
    await expect(refused('commands/99@0')).rejects.toMatchObject({ code: 'POINT_INVALID' });
    await expect(refused('audit/0@0')).rejects.toMatchObject({ code: 'POINT_INVALID' });
    const until = parseReplayPoint(history.sickId);
    const other = history.customers[4];
    await expect(history.replay({ until, customerId: other })).rejects.toMatchObject({
      code: 'POINT_INVALID',
    });
    await expect(history.replay({ writeTo: 'counted' })).rejects.toMatchObject({ code: 'NAMESPACE_TAKEN' });
  });

  it('of an agent that has handled nothing is refused', async () => {
    await expect(history.replay({}, {}, { namespace: WRITTEN_TO })).rejects.toMatchObject({
      code: 'NO_RECORDED_ORDER',
    });
  });

  it('stops when it is told to, and does not call what it has not compared the same', async () => {
    const stop = new AbortController();
    const report = await history.replay({}, {}, { signal: stop.signal, onProgress: () => stop.abort() });
    expect(report).toMatchObject({ isSame: false, isInterrupted: true, partitions: [] });
  });

  it('tells how far it is', async () => {
    const seen: number[] = [];
    let total = 0;
    await history.replay({}, {}, { onProgress: ({ done, of }) => void (seen.push(done), (total = of)) });
    expect(seen.at(-1)).toBe(total);
    expect(total).toBe(52 + 2 + 1);
  });

  it('tells an output whose record is another than what is made', async () => {
    const log = history.altered((record) => {
      const text = String(record.value);
      if (record.topic !== 'counted.events' || !text.includes('"amount":500')) return record;
      return { ...record, value: Buffer.from(text.replace('"amount":500', '"amount":501')) };
    });
    const report = await history.replay({}, {}, { log });
    expect(verdicts(report)).toEqual([
      { of: 'outputs', verdict: 'different', name: 'ADDED', fields: ['payload.amount'] },
    ]);
  });

  it('begins where its inputs are still kept, with the state of the changelog, and says so', async () => {
    const startOf = (topic: string): number => (topic === 'counted.commands' ? 5 : 0);
    const log = history.altered((record) => record, startOf);
    const report = await history.replay({ customerId: history.customers[0] }, {}, { log });
    expect(report).toMatchObject({ isSame: true, notes: [expect.stringMatching(/history begins at/)] });
    const all = await history.replay({ customerId: history.customers[0] });
    expect(report.compared.inputs.same).toBeGreaterThan(0);
    expect(report.compared.inputs.same).toBeLessThan(all.compared.inputs.same);
    const sick = parseReplayPoint(history.sickId);
    await expect(history.replay({ from: sick }, {}, { log })).rejects.toMatchObject({
      code: 'POINT_NOT_IN_HISTORY',
    });
  });

  it('begins behind transactions of which the changelog tells nothing more, and says so', async () => {
    const log = history.altered((record) => (String(record.key) === 'm/-/2' ? null : record));
    const report = await history.replay({ customerId: history.customers[0] }, {}, { log });
    expect(report).toMatchObject({ isSame: true, notes: [expect.stringMatching(/history begins at/)] });
  });

  it('says when a state in the middle may be compacted away, and does not compare one that may', async () => {
    const log = await history.recordsOf('counted.state.risk');
    const entries = log.filter(
      ({ key, partition }) => /^m\//.test(String(key)) && partition === history.partition,
    );
    const { at } = JSON.parse(String(entries[3]?.value)) as { readonly at: number };
    const request = { customerId: history.customers[0], uncompactedMs: 3_600_000 };
    const clock = (): number => at + 7_200_000;
    const later = await history.replay({ ...request, from: { kind: 'time', at } }, {}, { clock });
    expect(later.notes).toEqual([expect.stringMatching(/may lack values/)]);
    const earlier = await history.replay({ ...request, until: { kind: 'time', at } }, {}, { clock });
    expect(earlier.notes).toEqual([expect.stringMatching(/not compared/)]);
    expect(earlier.compared.states.same).toBe(0);
  });

  it('is refused when a record that was handled is gone from the middle', async () => {
    const log = history.altered(({ topic, offset, ...rest }) =>
      topic === 'counted.commands' && offset === 2 ? null : { topic, offset, ...rest },
    );
    await expect(history.replay({}, {}, { log })).rejects.toMatchObject({ code: 'HISTORY_INCOMPLETE' });
  });

  it('written to a namespace holds what was made again, its state, and how far it got under a group of its own', async () => {
    const live = await history.endsOf('counted');
    const report = await history.replay({ writeTo: WRITTEN_TO });
    expect(report).toMatchObject({ isSame: true, writtenTo: WRITTEN_TO });
    expect(await history.endsOf('counted')).toEqual(live);
    for (const name of ['events', 'agent.risk'].flatMap(lanesOf)) {
      const texts = async (namespace: string) =>
        (await history.recordsOf(`${namespace}.${name}`))
          .filter(({ headers }) => headers[HEADER.source]?.toString() === COUNTER)
          .filter(({ headers }) => headers[HEADER.type]?.toString() !== 'CONFIRMED')
          .map(({ partition, value }) => `${partition} ${value?.toString()}`);
      expect(await texts(WRITTEN_TO)).toEqual(await texts('counted'));
    }
    const states = async (namespace: string) => {
      const folded: States = new Map();
      for (const { key, value } of await history.recordsOf(`${namespace}.state.risk`)) {
        change(folded, String(key), value?.toString() ?? null);
      }
      return new Map([...folded].sort());
    };
    expect(await states(WRITTEN_TO)).toEqual(await states('counted'));
    const committed = await history.committed(`${WRITTEN_TO}.${COUNTER}`);
    expect(committed.map(({ topic }) => topic)).toContain('counted.commands.high');
    await expect(history.replay({ writeTo: WRITTEN_TO })).rejects.toMatchObject({
      code: 'NAMESPACE_TAKEN',
      message: expect.stringContaining('got as far as counted.'),
    });
  });

  it('ends with the error of a log that does not have the topics to write to', async () => {
    await expect(history.replay({ writeTo: 'nowhere' })).rejects.toBeInstanceOf(LogError);
  });
});
