import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FailpointTrigger, orderOf, reportFileOf, type FailpointOrder } from './failpoint-trigger.js';

const folder = mkdtempSync(join(tmpdir(), 'aika-failpoint-'));
const file = join(folder, 'order');
const ORDER: FailpointOrder = { point: 'after-send', at: 2, action: 'kill' };
let done: string[];

beforeEach(() => {
  done = [];
  rmSync(file, { force: true });
  rmSync(reportFileOf(file), { force: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const trigger = (given?: FailpointOrder, orders: string | undefined = file) =>
  new FailpointTrigger(given, orders, (action) => void done.push(action));
const write = (order: FailpointOrder) => writeFileSync(file, JSON.stringify(order));

describe('a failpoint', () => {
  it('goes off the n-th time that it is reached, once', () => {
    const failpoint = new FailpointTrigger(ORDER, undefined, (action) => void done.push(action));
    failpoint.hit('after-send');
    failpoint.hit('before-end');
    expect(done).toEqual([]);
    failpoint.hit('after-send');
    failpoint.hit('after-send');
    failpoint.hit('after-send');
    expect(done).toEqual(['kill']);
  });

  it('is ordered while the process runs, and leaves a report', () => {
    const failpoint = trigger();
    failpoint.hit('after-send');
    write(ORDER);
    failpoint.hit('after-send');
    expect(done).toEqual([]);
    failpoint.hit('after-send');
    expect(done).toEqual(['kill']);
    expect(existsSync(file)).toBe(false);
    expect(JSON.parse(readFileSync(reportFileOf(file), 'utf8'))).toEqual({ ...ORDER, pid: process.pid });
  });

  it('counts anew for another order, and not at all for one that was withdrawn', () => {
    const failpoint = trigger();
    write(ORDER);
    failpoint.hit('after-send');
    write({ ...ORDER, point: 'before-end', action: 'stop' });
    failpoint.hit('after-send');
    failpoint.hit('before-end');
    rmSync(file);
    failpoint.hit('before-end');
    failpoint.hit('before-end');
    expect(done).toEqual([]);
    write({ ...ORDER, point: 'before-end', at: 1, action: 'stop' });
    failpoint.hit('before-end');
    expect(done).toEqual(['stop']);
  });

  it('goes off in one of several processes that share an order', () => {
    const both = [trigger(), trigger()];
    write({ ...ORDER, at: 1 });
    for (const one of both) one.hit('before-send');
    for (const one of both) one.hit('after-send');
    expect(done).toEqual(['kill']);
  });
});

describe('an order of the environment', () => {
  it('names a point, the hit and the action', () => {
    expect(orderOf({})).toBeUndefined();
    expect(orderOf({ AIKA_FAULT_POINT: 'after-end' })).toEqual({ point: 'after-end', at: 1, action: 'kill' });
    expect(
      orderOf({ AIKA_FAULT_POINT: 'after-send', AIKA_FAULT_AT: '3', AIKA_FAULT_ACTION: 'stop' }),
    ).toEqual({ point: 'after-send', at: 3, action: 'stop' });
  });

  it('draws the hit by a seed', () => {
    const drawn = (seed: number) =>
      orderOf({ AIKA_FAULT_POINT: 'after-send', AIKA_FAULT_SEED: String(seed), AIKA_FAULT_WITHIN: '4' })?.at;
    expect(drawn(3)).toBe(drawn(3));
    expect(new Set(Array.from({ length: 50 }, (_, seed) => drawn(seed)))).toEqual(new Set([1, 2, 3, 4]));
  });

  it.each([
    { AIKA_FAULT_POINT: 'after-sent' },
    { AIKA_FAULT_POINT: 'after-send', AIKA_FAULT_AT: '0' },
    { AIKA_FAULT_POINT: 'after-send', AIKA_FAULT_ACTION: 'explode' },
  ])('is refused when it cannot be meant: %p', (env) => {
    expect(() => orderOf(env)).toThrow(/AIKA_FAULT/);
  });
});
