import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  defineEffect,
  type EffectCall,
  type EffectResult,
  outcome,
  RetriableError,
  TerminalError,
} from '../agent/index.js';
import { Confirmed, counterAgent } from './counter-agent.fixtures.js';
import { EffectRunner } from './effect-runner.js';
import type { EffectEntry } from './partition-state.js';
import { silentLogger } from './runtime-logger.js';

type Options = Omit<Parameters<typeof defineEffect>[0], 'name'>;
type Answer = (call: EffectCall) => Promise<EffectResult>;

const PARTITION = 3;
const DOWN = new RetriableError('DOWN', 'nobody there');
const success: Answer = ({ customerId }) => Promise.resolve(outcome(Confirmed, { customerId, amount: 1 }));
const failure: Answer = () => Promise.reject(DOWN);
const refusal: Answer = () => Promise.reject(new TerminalError('NO_WAY', 'never'));
const silence: Answer = () => new Promise(() => undefined);

/** A runner whose other side answers as the test says, and what it was asked. */
class Scene {
  readonly runner: EffectRunner;
  readonly calls: { id: string; attempt: number; at: number; signal: AbortSignal }[] = [];
  answer: Answer = success;
  running = 0;
  mostRunning = 0;

  constructor(options: Options = {}, others: Readonly<Record<string, Answer>> = {}, concurrency = 16) {
    const names = Object.keys(others);
    const handlers = names.map((name) => [name, this.observed(others[name] as Answer)] as const);
    this.runner = new EffectRunner({
      agent: {
        ...counterAgent,
        effects: [defineEffect({ name: 'pay', ...options }), ...names.map((name) => defineEffect({ name }))],
      },
      handlers: new Map([['pay', this.observed((call) => this.answer(call))], ...handlers]),
      concurrency,
      logger: silentLogger,
      onOutcome: () => undefined,
      clock: Date.now,
    });
  }

  ask(id: string, { customerId = 'ada', sequence, name = 'pay' }: Partial<EffectEntry> = {}): void {
    this.runner.start(PARTITION, `e/${customerId}/${id}`, {
      name,
      idempotencyKey: id,
      customerId,
      request: {},
      ...(sequence === undefined ? {} : { sequence }),
      priority: 'NORMAL',
      metadata: {},
    });
  }

  /** Commits all outcomes there are. @returns their keys */
  commit(): string[] {
    const outcomes = this.runner.take(Infinity);
    this.runner.confirm(outcomes);
    return outcomes.map(({ entry }) => entry.idempotencyKey);
  }

  /** Lets time go by and commits what comes, a millisecond at a time. @returns keys of the outcomes */
  async pass(ms: number): Promise<string[]> {
    const ended: string[] = [];
    for (let passed = 0; passed < ms; passed++) {
      await jest.advanceTimersByTimeAsync(1);
      ended.push(...this.commit());
    }
    return ended;
  }

  ids(): string[] {
    return this.calls.map(({ id }) => id);
  }

  private observed(answer: Answer) {
    return async (_: object, call: EffectCall): Promise<EffectResult> => {
      this.calls.push({
        id: call.idempotencyKey,
        attempt: call.attempt,
        at: Date.now(),
        signal: call.signal,
      });
      this.mostRunning = Math.max(this.mostRunning, ++this.running);
      try {
        return await answer(call);
      } finally {
        this.running--;
      }
    };
  }
}

/** An answer that takes its time. */
const slowly =
  (ms: number): Answer =>
  async (call) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return success(call);
  };
const many = (count: number): string[] => Array.from({ length: count }, (_, index) => `eff-${index}`);

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

  describe('in an outage', () => {
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
      expect(Math.max(...scene.calls.map(({ attempt }) => attempt))).toBeLessThanOrEqual(
        settings.maxAttempts,
      );
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
});
