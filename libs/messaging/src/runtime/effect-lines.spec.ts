import { describe, expect, it } from '@jest/globals';
import { EffectLines, type PendingEffect } from './effect-lines.js';

function effect(customerId: string, id: string, sequence?: number): PendingEffect {
  return {
    partition: 0,
    key: `e/${customerId}/${id}`,
    entry: {
      name: 'confirm',
      idempotencyKey: id,
      customerId,
      request: {},
      ...(sequence === undefined ? {} : { sequence }),
      priority: 'NORMAL',
      metadata: {},
    },
    abort: new AbortController(),
    attempts: 0,
    stuck: undefined,
  };
}
const linesOf = (isOrdered: boolean, ...effects: readonly PendingEffect[]): EffectLines => {
  const lines = new EffectLines(isOrdered);
  for (const pending of effects) lines.add(pending);
  return lines;
};
/** Ids of all that are ready, taken. */
const takeAll = (lines: EffectLines): string[] => {
  const ids: string[] = [];
  for (let next = lines.take(); next; next = lines.take()) ids.push(next.entry.idempotencyKey);
  return ids;
};

describe('pending effects that are not ordered', () => {
  it('are all ready, in the order in which they came', () => {
    const lines = linesOf(false, effect('ada', 'a1'), effect('ada', 'a2'), effect('bob', 'b1'));
    expect(takeAll(lines)).toEqual(['a1', 'a2', 'b1']);
    expect(lines.hasReady).toBe(false);
  });

  it('go to the back when they are put back', () => {
    const lines = linesOf(false, effect('ada', 'a1'), effect('bob', 'b1'));
    const first = lines.take() as PendingEffect;
    lines.putBack(first);
    expect(takeAll(lines)).toEqual(['b1', 'a1']);
  });

  it('are not ready after they were removed, taken or not', () => {
    const [taken, waiting] = [effect('ada', 'a1'), effect('bob', 'b1')];
    const lines = linesOf(false, taken, waiting);
    lines.take();
    lines.remove(taken);
    lines.remove(waiting);
    lines.putBack(taken);
    expect(takeAll(lines)).toEqual([]);
  });
});

describe('pending effects that are ordered', () => {
  it('are ready one at a time per customer', () => {
    const lines = linesOf(true, effect('ada', 'a1', 1), effect('ada', 'a2', 2), effect('bob', 'b1', 1));
    expect(takeAll(lines)).toEqual(['a1', 'b1']);
  });

  it('follow when the one before them is removed', () => {
    const first = effect('ada', 'a1', 1);
    const lines = linesOf(true, first, effect('ada', 'a2', 2));
    lines.take();
    lines.remove(first);
    expect(takeAll(lines)).toEqual(['a2']);
  });

  it('do not overtake one that is put back', () => {
    const first = effect('ada', 'a1', 1);
    const lines = linesOf(true, first, effect('ada', 'a2', 2), effect('bob', 'b1', 1));
    lines.take();
    lines.putBack(first);
    expect(takeAll(lines)).toEqual(['b1', 'a1']);
  });

  it('stand in the order in which they were asked for, whatever the order in which they came', () => {
    const effects = [3, 1, 4, 2].map((sequence) => effect('ada', `a${sequence}`, sequence));
    const lines = linesOf(true, ...effects);
    const order: string[] = [];
    for (let next = lines.take(); next; next = lines.take()) {
      order.push(next.entry.idempotencyKey);
      lines.remove(next);
    }
    expect(order).toEqual(['a1', 'a2', 'a3', 'a4']);
  });

  it('stand behind those from before there was a sequence', () => {
    const lines = linesOf(true, effect('ada', 'new', 1), effect('ada', 'old'));
    expect(takeAll(lines)).toEqual(['old']);
  });

  it('go on when one in the middle is removed', () => {
    const [first, second, third] = [effect('ada', 'a1', 1), effect('ada', 'a2', 2), effect('ada', 'a3', 3)];
    const lines = linesOf(true, first, second, third);
    lines.take();
    lines.remove(second);
    lines.remove(first);
    expect(takeAll(lines)).toEqual(['a3']);
  });
});
