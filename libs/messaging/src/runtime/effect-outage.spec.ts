import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { failure, many, refusal, Scene, silence, slowly, success } from './suite/effect-scene.js';

describe('effects in an outage', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0, doNotFake: ['queueMicrotask', 'nextTick'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const settings = {
    maxAttempts: 3,
    backoffMs: 10,
    maxBackoffMs: 20,
    breaker: { failures: 5, pauseMs: 100, maxPauseMs: 400 },
  };

  it('wait, but for one probe at a time with pauses that double to a bound', async () => {
    const scene = new Scene(settings);
    scene.answer = failure;
    for (const id of many(20)) scene.ask(id, { customerId: id });
    await scene.pass(1);
    const opened = scene.calls.length;
    const since = Date.parse(scene.runner.circuits()[0]?.since ?? '');
    await scene.pass(2000);
    const pauses = scene.calls
      .slice(opened)
      .map(({ at }, index, probes) => at - (probes[index - 1]?.at ?? since));
    expect(pauses).toEqual([100, 200, 400, 400, 400, 400]);
  });

  it('do not lose attempts, and all end when it is over', async () => {
    const scene = new Scene(settings);
    scene.answer = failure;
    for (const id of many(20)) scene.ask(id, { customerId: id });
    await scene.pass(10_000);
    expect(scene.runner.stuckCount).toBe(0);
    expect(scene.runner.circuits()).toMatchObject([{ effect: 'pay' }]);
    scene.answer = success;
    expect((await scene.pass(500)).sort()).toEqual(many(20).sort());
    expect(scene.runner).toMatchObject({ size: 0, stuckCount: 0 });
    expect(scene.runner.circuits()).toEqual([]);
    expect(Math.max(...scene.calls.map(({ attempt }) => attempt))).toBeLessThanOrEqual(settings.maxAttempts);
  });

  it('are not stuck when one is alone, by the defaults of its definition', async () => {
    const scene = new Scene({ maxAttempts: 3, backoffMs: 10 });
    scene.answer = failure;
    scene.ask('eff-1');
    await scene.pass(20_000);
    expect(scene.runner.stuckCount).toBe(0);
    scene.answer = success;
    expect(await scene.pass(30_000)).toEqual(['eff-1']);
  });

  it('get back the attempts that the beginning of the outage has taken, stuck or not', async () => {
    const scene = new Scene({ ...settings, maxAttempts: 2 });
    scene.answer = failure;
    scene.ask('first');
    await scene.pass(50);
    expect(scene.runner.stuckCount).toBe(1);
    for (const id of ['second', 'third', 'fourth']) scene.ask(id);
    await scene.pass(5);
    expect(scene.runner.circuits()).toHaveLength(1);
    expect(scene.runner.stuckCount).toBe(0);
    scene.answer = success;
    expect((await scene.pass(500)).sort()).toEqual(['first', 'fourth', 'second', 'third']);
  });

  it('get nothing back for failures of their own, from before the last success', async () => {
    const scene = new Scene({ ...settings, maxAttempts: 2 });
    scene.answer = failure;
    scene.ask('broken');
    await scene.pass(50);
    scene.answer = success;
    scene.ask('fine');
    await scene.pass(5);
    scene.answer = failure;
    for (const id of many(10)) scene.ask(id);
    await scene.pass(1000);
    expect(scene.runner.circuits()).toHaveLength(1);
    expect(scene.runner.stuckCount).toBe(1);
  });

  it('take turns as probe: one that always fails does not keep the others waiting', async () => {
    const scene = new Scene(settings);
    scene.answer = failure;
    scene.ask('poison');
    for (const id of many(5)) scene.ask(id);
    await scene.pass(50);
    scene.answer = (call) => (call.idempotencyKey === 'poison' ? failure(call) : success(call));
    expect((await scene.pass(3000)).sort()).toEqual(many(5));
    // With the others answered its failures are its own.
    for (const id of ['more-1', 'more-2', 'more-3']) {
      scene.ask(id);
      await scene.pass(100);
    }
    expect(scene.runner).toMatchObject({ size: 1, stuckCount: 1 });
  });

  it('that are refused as probe are stuck, and the next one is the probe at once', async () => {
    const scene = new Scene(settings);
    scene.answer = failure;
    for (const id of many(6)) scene.ask(id);
    await scene.pass(1);
    const before = scene.calls.length;
    scene.answer = refusal;
    await scene.pass(200);
    expect(scene.calls.length - before).toBe(6);
    expect(scene.runner.stuckCount).toBe(6);
  });

  it('come back a few at a time, not all at once', async () => {
    const scene = new Scene(settings, {}, 100);
    scene.answer = failure;
    for (const id of many(60)) scene.ask(id);
    await scene.pass(1);
    scene.answer = slowly(10);
    const most: number[] = [];
    scene.mostRunning = 0;
    for (let round = 0; round < 4; round++) {
      await scene.pass(round === 0 ? 105 : 10);
      most.push(scene.mostRunning);
    }
    expect(most).toEqual([1, 2, 4, 8]);
    expect(await scene.pass(200)).toHaveLength(60 - 1 - 2 - 4);
  });

  it('leave those of other names alone', async () => {
    const scene = new Scene(settings, { mail: success });
    scene.answer = failure;
    for (const id of many(20)) scene.ask(id);
    await scene.pass(10);
    scene.ask('letter', { name: 'mail' });
    expect(await scene.pass(1)).toEqual(['letter']);
    expect(scene.runner.circuits().map(({ effect }) => effect)).toEqual(['pay']);
  });

  it('that hangs count as failures too, and hold their places no longer than a call may take', async () => {
    const scene = new Scene({ ...settings, timeoutMs: 100, graceMs: 10 }, {}, 4);
    scene.answer = silence;
    for (const id of many(20)) scene.ask(id);
    await scene.pass(250);
    expect(scene.runner.circuits()).toHaveLength(1);
    scene.answer = success;
    expect(await scene.pass(1000)).toHaveLength(20);
  });

  it('keep their order', async () => {
    const scene = new Scene({ ...settings, ordered: true });
    scene.answer = failure;
    const sequences = [1, 2, 3, 4];
    for (const sequence of sequences) {
      scene.ask(`a${sequence}`, { sequence });
      scene.ask(`b${sequence}`, { customerId: 'bob', sequence });
    }
    await scene.pass(3000);
    scene.answer = success;
    const ended = await scene.pass(1000);
    expect(ended.filter((id) => id.startsWith('a'))).toEqual(sequences.map((sequence) => `a${sequence}`));
    expect(ended.filter((id) => id.startsWith('b'))).toEqual(sequences.map((sequence) => `b${sequence}`));
  });

  it('are told of by name, with since when and the next probe', async () => {
    const scene = new Scene(settings);
    scene.answer = failure;
    for (const id of many(5)) scene.ask(id);
    await jest.advanceTimersByTimeAsync(0);
    expect(scene.runner.circuits()).toEqual([
      { effect: 'pay', since: '1970-01-01T00:00:00.000Z', nextProbeAt: '1970-01-01T00:00:00.100Z' },
    ]);
  });
});
