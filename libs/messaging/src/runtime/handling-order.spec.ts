import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { encodeOrder, type HandledStep, handlingOrder } from './handling-order.js';
import { stateKey } from './state-key.js';

const anyStep: fc.Arbitrary<HandledStep> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('record' as const),
      topic: fc.constantFrom('a', 'b.high'),
      offset: fc.nat(50),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('timer' as const),
      key: fc.constant('t/c-1/later'),
      dueAt: fc.nat(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('effect' as const), key: fc.constant('e/c-1/eff-1') }),
  },
);

function entry(n: number, steps: readonly HandledStep[]): readonly [string, string] {
  return [stateKey('seen', '-', String(n)), JSON.stringify({ at: n, n, ids: {}, order: encodeOrder(steps) })];
}
const at = (offset: number, topic = 'a'): HandledStep => ({ kind: 'record', topic, offset });

describe('the order of handling', () => {
  it('is read back as it was written, whatever was handled', () => {
    fc.assert(
      fc.property(fc.array(fc.array(anyStep, { maxLength: 30 }), { maxLength: 5 }), (batches) => {
        const entries = batches.map((steps, n) => entry(n + 1, steps));
        expect(handlingOrder(entries)).toEqual(batches.flat());
        expect(handlingOrder([...entries].reverse())).toEqual(batches.flat());
      }),
    );
  });

  it('takes a few bytes for a long run of messages', () => {
    const steps = Array.from({ length: 2000 }, (_, n) => at(1_000_000 + n));
    expect(JSON.stringify(encodeOrder(steps)).length).toBeLessThan(60);
  });

  it('passes over entries from before it was recorded, deleted ones, and what else stands in the changelog', () => {
    const old = ['m/-/aika.commands/3/17', JSON.stringify({ at: 1, ids: { 'msg-1': 'd' } })] as const;
    const entries = [
      old,
      entry(1, [at(1)]),
      entry(2, [at(2)]),
      ['m/-/1', null],
      ['s/c-1/totals', '{}'],
    ] as const;
    expect(handlingOrder(entries)).toEqual([at(2)]);
  });

  it('is refused in a form that a newer version has written', () => {
    const newer = ['m/-/1', JSON.stringify({ at: 1, n: 1, ids: {}, order: { v: 2 } })] as const;
    expect(() => handlingOrder([newer])).toThrow('form 2');
  });
});
