import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type EffectResult, outcome, TerminalError } from '../agent/index.js';
import { Confirmed } from './suite/counter-agent.fixtures.js';
import { failure, many, PARTITION, refusal, Scene, silence, slowly, success } from './suite/effect-scene.js';

describe('the effects of a process', () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: 0, doNotFake: ['queueMicrotask', 'nextTick'] });
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('end with an outcome that is handed out once, and again only when it is given back', async () => {
    const scene = new Scene();
    scene.ask('eff-1');
    await jest.advanceTimersByTimeAsync(0);
    const outcomes = scene.runner.take(10);
    expect(outcomes).toMatchObject([{ partition: PARTITION, entry: { idempotencyKey: 'eff-1' } }]);
    expect(scene.runner.take(10)).toEqual([]);
    scene.runner.giveBack(outcomes);
    expect(scene.runner.take(10)).toEqual(outcomes);
    scene.runner.confirm(outcomes);
    expect(scene.runner.size).toBe(0);
  });

  it('run once however often they are started', async () => {
    const scene = new Scene();
    scene.ask('eff-1');
    scene.ask('eff-1');
    await scene.pass(1);
    expect(scene.ids()).toEqual(['eff-1']);
  });

  it('are tried again after a growing wait, until they are out of attempts', async () => {
    const scene = new Scene({
      maxAttempts: 3,
      backoffMs: 100,
      maxBackoffMs: 1000,
      breaker: { failures: Infinity },
    });
    scene.answer = failure;
    scene.ask('eff-1');
    await scene.pass(5000);
    expect(scene.calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    const [first = 0, second = 0, third = 0] = scene.calls.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(50);
    expect(third - second).toBeGreaterThanOrEqual(100);
    expect(scene.runner.stuckCount).toBe(1);
    expect(scene.runner.size).toBe(1);
  });

  it('are not tried again when they are refused, and a refusal is no outage', async () => {
    const scene = new Scene({ breaker: { failures: 1 } });
    scene.answer = refusal;
    for (const id of many(10)) scene.ask(id);
    await scene.pass(1000);
    expect(scene.ids()).toEqual(many(10));
    expect(scene.runner.stuckCount).toBe(10);
    expect(scene.runner.circuits()).toEqual([]);
  });

  it('are stuck when no message can be made of their result: the commit loop never sees it', async () => {
    const scene = new Scene();
    scene.check = (entry) => {
      if (entry.idempotencyKey === 'huge') throw new TerminalError('OUTPUT_TOO_LARGE', 'too long');
    };
    scene.ask('huge');
    scene.ask('fine');
    expect(await scene.pass(1000)).toEqual(['fine']);
    expect(scene.runner).toMatchObject({ size: 1, stuckCount: 1 });
    expect(scene.ids()).toEqual(['huge', 'fine']);
  });

  it('are stuck from the start when nobody handles them', async () => {
    const scene = new Scene();
    scene.ask('eff-1', { name: 'of-an-older-version' });
    await scene.pass(1);
    expect(scene.runner).toMatchObject({ size: 1, stuckCount: 1 });
    expect(scene.runner.release()).toBe(0);
  });

  describe('that are dropped', () => {
    it('have their signal aborted and leave nothing, whatever still comes', async () => {
      const scene = new Scene();
      scene.answer = slowly(50);
      scene.ask('running');
      await scene.pass(10);
      scene.runner.drop(PARTITION);
      expect(scene.calls[0]?.signal.aborted).toBe(true);
      expect(await scene.pass(100)).toEqual([]);
      expect(scene.runner.size).toBe(0);
    });

    it('run again when they are started anew, and an outcome from before does not end them', async () => {
      const scene = new Scene();
      scene.ask('eff-1');
      await jest.advanceTimersByTimeAsync(0);
      const stale = scene.runner.take(10);
      scene.runner.drop(PARTITION);
      scene.ask('eff-1');
      scene.runner.giveBack(stale);
      scene.runner.confirm(stale);
      expect(scene.runner.size).toBe(1);
      expect(await scene.pass(1)).toEqual(['eff-1']);
      expect(scene.ids()).toEqual(['eff-1', 'eff-1']);
    });

    it('are not tried again, neither after their wait nor as a probe', async () => {
      const scene = new Scene({ maxAttempts: 5, backoffMs: 100 });
      scene.answer = failure;
      scene.ask('eff-1');
      await scene.pass(1);
      scene.runner.dropAll();
      expect(jest.getTimerCount()).toBe(0);
      scene.ask('eff-2');
      await scene.pass(3000);
      expect(scene.runner.circuits()).toHaveLength(1);
      scene.runner.dropAll();
      expect(jest.getTimerCount()).toBe(0);
    });
  });

  describe('within limits', () => {
    it('run at most as many at the same time as their definition says, and as the process does', async () => {
      for (const [own, process, most] of [
        [3, 16, 3],
        [Infinity, 5, 5],
        [8, 5, 5],
      ] as const) {
        const scene = new Scene({ concurrency: own }, {}, process);
        scene.answer = slowly(10);
        for (const id of many(20)) scene.ask(id);
        expect(await scene.pass(200)).toHaveLength(20);
        expect(scene.mostRunning).toBe(most);
      }
    });

    it('of one name take turns with those of another', async () => {
      const scene = new Scene({}, { mail: slowly(10) }, 1);
      scene.answer = slowly(10);
      for (const id of ['p1', 'p2', 'p3']) scene.ask(id);
      for (const id of ['m1', 'm2']) scene.ask(id, { name: 'mail' });
      await scene.pass(100);
      expect(scene.ids()).toEqual(['p1', 'm1', 'p2', 'm2', 'p3']);
    });

    it('go on when a handler ignores its signal: its place is free after time-out and grace', async () => {
      const scene = new Scene({ timeoutMs: 100, graceMs: 20, backoffMs: 1000 }, {}, 1);
      scene.answer = (call) => (call.idempotencyKey === 'hung' ? silence(call) : success(call));
      scene.ask('hung');
      scene.ask('next');
      expect(await scene.pass(119)).toEqual([]);
      expect(await scene.pass(2)).toEqual(['next']);
    });
  });

  describe('that are ordered', () => {
    const ordered = { ordered: true };

    it('run one at a time per customer in the order asked, and customers at the same time', async () => {
      const scene = new Scene(ordered);
      scene.answer = slowly(10);
      for (const sequence of [2, 3, 1]) scene.ask(`a${sequence}`, { sequence });
      for (const sequence of [1, 2]) scene.ask(`b${sequence}`, { customerId: 'bob', sequence });
      await scene.pass(100);
      expect(scene.ids()).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
      expect(scene.mostRunning).toBe(2);
    });

    it('wait for the commit of the outcome before them', async () => {
      const scene = new Scene(ordered);
      for (const sequence of [1, 2]) scene.ask(`a${sequence}`, { sequence });
      await jest.advanceTimersByTimeAsync(1000);
      expect(scene.ids()).toEqual(['a1']);
      scene.runner.giveBack(scene.runner.take(10));
      await jest.advanceTimersByTimeAsync(1000);
      expect(scene.ids()).toEqual(['a1']);
      scene.commit();
      await jest.advanceTimersByTimeAsync(0);
      expect(scene.ids()).toEqual(['a1', 'a2']);
    });

    it('wait behind one that fails or is stuck, while other customers go on', async () => {
      const scene = new Scene({ ...ordered, maxAttempts: 2, backoffMs: 10, breaker: { failures: Infinity } });
      scene.answer = (call) => (call.idempotencyKey === 'a1' ? failure(call) : success(call));
      for (const sequence of [1, 2]) scene.ask(`a${sequence}`, { sequence });
      for (const sequence of [1, 2]) scene.ask(`b${sequence}`, { customerId: 'bob', sequence });
      expect(await scene.pass(1000)).toEqual(['b1', 'b2']);
      scene.answer = success;
      expect(scene.runner.release('ada')).toBe(1);
      expect(await scene.pass(10)).toEqual(['a1', 'a2']);
    });
  });

  describe('that say what to tell of one that is given up', () => {
    const notDone = outcome(Confirmed, { customerId: 'ada', amount: 0 });
    const saying = (givenUp: () => EffectResult = () => notDone) => ({
      givenUp,
      maxAttempts: 2,
      backoffMs: 10,
      breaker: { failures: Infinity },
    });

    it.each([
      ['a refusal', refusal, 1],
      ['the last attempt', failure, 2],
    ])('end with it after %s', async (_, answer, attempts) => {
      const scene = new Scene(saying());
      scene.answer = answer;
      scene.ask('eff-1');
      await jest.advanceTimersByTimeAsync(100);
      expect(scene.calls).toHaveLength(attempts);
      expect(scene.runner.take(10)).toMatchObject([{ key: 'e/ada/eff-1', result: notDone }]);
      expect(scene.runner.stuckCount).toBe(0);
    });

    it('are not given up in an outage: failures that open the circuit use up no attempts', async () => {
      const scene = new Scene({ ...saying(), maxAttempts: 4, breaker: { failures: 3, pauseMs: 100 } });
      scene.answer = failure;
      scene.ask('eff-1');
      expect(await scene.pass(5000)).toEqual([]);
      expect(scene.calls.length).toBeGreaterThan(4);
      scene.answer = success;
      await jest.advanceTimersByTimeAsync(10_000);
      expect(scene.runner.take(10)).toMatchObject([{ result: { payload: { amount: 1 } } }]);
    });

    it('let the next one of their customer follow where they are ordered', async () => {
      const scene = new Scene({ ...saying(), ordered: true });
      scene.answer = (call) => (call.idempotencyKey === 'a1' ? refusal(call) : success(call));
      for (const sequence of [1, 2]) scene.ask(`a${sequence}`, { sequence });
      expect(await scene.pass(10)).toEqual(['a1', 'a2']);
    });

    it('are stuck all the same when no message can be made of it', async () => {
      const scene = new Scene(saying());
      scene.answer = refusal;
      scene.check = () => {
        throw new TerminalError('INVALID_OUTPUT', 'no such field');
      };
      scene.ask('eff-1');
      expect(await scene.pass(100)).toEqual([]);
      expect(scene.runner).toMatchObject({ size: 1, stuckCount: 1 });
    });
  });

  describe('that are stuck', () => {
    const stuck = async (): Promise<Scene> => {
      const scene = new Scene({ maxAttempts: 2, backoffMs: 10, breaker: { failures: Infinity } });
      scene.answer = (call) => (call.customerId === 'bob' ? refusal(call) : failure(call));
      scene.ask('a1');
      scene.ask('b1', { customerId: 'bob' });
      await scene.pass(100);
      expect(scene.runner.stuckCount).toBe(2);
      return scene;
    };

    it('get new attempts when they are released, under the same key', async () => {
      const scene = await stuck();
      scene.answer = success;
      expect(scene.runner.release()).toBe(2);
      expect(scene.runner.stuckCount).toBe(0);
      expect((await scene.pass(10)).sort()).toEqual(['a1', 'b1']);
      expect(scene.calls.slice(-2).map(({ attempt }) => attempt)).toEqual([1, 1]);
      expect(scene.runner.release()).toBe(0);
    });

    it('are released for one customer alone where one is named', async () => {
      const scene = await stuck();
      scene.answer = success;
      expect(scene.runner.release('nobody')).toBe(0);
      expect(scene.runner.release('bob')).toBe(1);
      expect(await scene.pass(10)).toEqual(['b1']);
      expect(scene.runner.stuckCount).toBe(1);
    });

    it('are stuck again when the new attempts fail', async () => {
      const scene = await stuck();
      const before = scene.calls.length;
      scene.runner.release('ada');
      await scene.pass(100);
      expect(scene.calls.length - before).toBe(2);
      expect(scene.runner.stuckCount).toBe(2);
    });
  });
});
