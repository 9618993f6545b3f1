import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lowLast } from './low-last.js';

interface Item {
  readonly n: number;
  readonly line: string;
  readonly isLow: boolean;
}

const items = (...texts: readonly string[]): readonly Item[] =>
  texts.map((text, n) => ({ n, line: text.slice(0, 1), isLow: text.endsWith('low') }));
const numbers = (list: readonly Item[]): readonly number[] => list.map(({ n }) => n);
const anyItems = fc
  .array(fc.record({ line: fc.constantFrom('a', 'b', 'c', 'd'), isLow: fc.boolean() }), { maxLength: 40 })
  .map((list) => list.map((item, n): Item => ({ ...item, n })));

describe('LOW messages', () => {
  it('come last in their batch', () => {
    expect(numbers(lowLast(items('a low', 'b', 'c'), (item) => item))).toEqual([1, 2, 0]);
  });

  it('take along the later ones of their line', () => {
    expect(numbers(lowLast(items('a', 'a low', 'b', 'a', 'c'), (item) => item))).toEqual([0, 2, 4, 1, 3]);
  });

  it('leave what has no line where it is', () => {
    const placeOf = (item: Item) => (item.line === 'x' ? undefined : item);
    expect(numbers(lowLast(items('x', 'a low', 'x', 'b'), placeOf))).toEqual([0, 2, 3, 1]);
  });

  it('never change the order of a line, and lose and double nothing', () => {
    fc.assert(
      fc.property(anyItems, (list) => {
        const order = lowLast(list, (item) => item);
        expect([...numbers(order)].sort((a, b) => a - b)).toEqual(numbers(list));
        for (const line of ['a', 'b', 'c', 'd']) {
          const of = (all: readonly Item[]) => numbers(all.filter((item) => item.line === line));
          expect(of(order)).toEqual(of(list));
        }
      }),
    );
  });

  it('come behind every message whose line has no LOW one before it', () => {
    fc.assert(
      fc.property(anyItems, (list) => {
        const order = lowLast(list, (item) => item);
        const isFree = ({ n, line }: Item): boolean =>
          !list.some((other) => other.line === line && other.isLow && other.n <= n);
        const firstLow = order.findIndex(({ isLow }) => isLow);
        if (firstLow === -1) return;
        expect(order.slice(firstLow).filter(isFree)).toEqual([]);
      }),
    );
  });
});
