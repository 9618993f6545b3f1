import { describe, expect, it } from '@jest/globals';
import { installVirtualTime } from './virtual-globals.js';
import { type TimeOwner, VirtualWorld } from './virtual-world.js';

/** A process that can be stopped by hand. */
class Owner implements TimeOwner {
  state: TimeOwner['state'] = 'running';
  readonly held: (() => void)[] = [];

  constructor(readonly ownerId: number) {}

  hold(work: () => void): void {
    this.held.push(work);
  }
}

describe('virtual time', () => {
  it('passes from one piece of work to the next, whatever lies between', async () => {
    const world = new VirtualWorld(1);
    const seen: number[] = [];
    for (const ms of [86_400_000, 5, 30]) world.after(ms, () => seen.push(world.elapsed));
    await world.runUntil(() => seen.length === 3, Infinity);
    expect(seen).toEqual([5, 30, 86_400_000]);
  });

  it('waits for promises to be done before it goes on', async () => {
    const world = new VirtualWorld(1);
    const seen: string[] = [];
    world.after(1, () => {
      void Promise.resolve()
        .then(() => Promise.resolve())
        .then(() => seen.push('promise'));
    });
    world.after(1, () => seen.push('timer'));
    await world.runUntil(() => seen.length === 2, 10);
    expect(seen).toEqual(['promise', 'timer']);
  });

  it('tells when the condition does not come true in time, and stands at the end of it', async () => {
    const world = new VirtualWorld(1);
    world.after(50, () => undefined);
    expect(await world.runUntil(() => false, 20)).toBe(false);
    expect(world.elapsed).toBe(20);
  });

  it('holds what comes due for a process that stands still, and drops that of a dead one', async () => {
    const world = new VirtualWorld(1);
    const [still, dead] = [new Owner(1), new Owner(2)];
    const seen: string[] = [];
    world.as(still, () => world.after(1, () => seen.push('still')));
    world.as(dead, () => world.after(1, () => seen.push('dead')));
    still.state = 'paused';
    dead.state = 'dead';
    await world.runUntil(() => false, 10);
    expect(seen).toEqual([]);
    for (const work of still.held) work();
    expect(seen).toEqual(['still']);
  });

  it('keeps the order of one process at one time; that among processes is the seed’s', async () => {
    const orderUnder = async (seed: number): Promise<string> => {
      const world = new VirtualWorld(seed);
      const seen: string[] = [];
      for (const owner of [1, 2, 3, 4].map((id) => new Owner(id))) {
        for (const n of ['a', 'b']) {
          world.as(owner, () => world.after(7, () => seen.push(`${owner.ownerId}${n}`)));
        }
      }
      await world.runUntil(() => false, 10);
      return seen.join(' ');
    };
    const orders = await Promise.all([1, 2, 3, 4, 5, 6].map(orderUnder));
    expect(new Set(orders).size).toBeGreaterThan(1);
    expect(await orderUnder(1)).toBe(orders[0]);
    for (const order of orders) {
      for (const id of [1, 2, 3, 4]) expect(order.indexOf(`${id}a`)).toBeLessThan(order.indexOf(`${id}b`));
    }
  });

  it('takes the place of timers, clock and random numbers, and gives it back', async () => {
    const world = new VirtualWorld(1);
    const before = [setTimeout, Date, Math.random];
    const restore = installVirtualTime(world);
    const seen: string[] = [];
    try {
      setTimeout(() => seen.push(new Date().toISOString()), 3_600_000);
      const cancelled = setTimeout(() => seen.push('cancelled'), 1);
      clearTimeout(cancelled);
      const signal = AbortSignal.timeout(10);
      signal.addEventListener('abort', () => seen.push(`aborted after ${performance.now()}`));
      await world.runUntil(() => false, 4_000_000);
      expect(new Date(0).toISOString()).toBe('1970-01-01T00:00:00.000Z');
    } finally {
      restore();
    }
    expect(seen).toEqual(['aborted after 10', '2026-01-01T01:00:00.000Z']);
    expect([setTimeout, Date, Math.random]).toEqual(before);
  });
});
