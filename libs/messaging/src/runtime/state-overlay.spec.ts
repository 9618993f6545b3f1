import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { stateKey } from './state-key.js';
import { StateOverlay, StateTable } from './state-overlay.js';

const key = (customer: string, id: string): string => stateKey('store', customer, `claims/${id}`);

describe('a state overlay', () => {
  it('shows its own changes over what lies below, and changes nothing there', () => {
    const table = new StateTable();
    table.set(key('c1', 'a'), 'old');
    const overlay = new StateOverlay(table);
    overlay.set(key('c1', 'a'), 'new');
    overlay.set(key('c1', 'b'), 'added');
    expect(overlay.get(key('c1', 'a'))).toBe('new');
    expect(table.get(key('c1', 'a'))).toBe('old');
    expect(table.get(key('c1', 'b'))).toBeUndefined();
  });

  it('hides what it deletes, in get and in entries', () => {
    const table = new StateTable();
    table.set(key('c1', 'a'), 'old');
    const overlay = new StateOverlay(table);
    overlay.set(key('c1', 'a'), null);
    expect(overlay.get(key('c1', 'a'))).toBeUndefined();
    expect([...overlay.entries(stateKey('store', 'c1', ''))]).toEqual([]);
  });

  it("lists one customer's entries only", () => {
    const table = new StateTable();
    table.set(key('c1', 'a'), '1');
    table.set(key('c10', 'a'), '2');
    expect([...new StateOverlay(table).entries(stateKey('store', 'c1', ''))]).toEqual([
      [key('c1', 'a'), '1'],
    ]);
  });

  it('reads the same through any stack of overlays as after their changes are applied', () => {
    const change = fc.tuple(
      fc.constantFrom('c1', 'c2'),
      fc.constantFrom('a', 'b', 'c'),
      fc.option(fc.string({ minLength: 1 })),
    );
    fc.assert(
      fc.property(fc.array(fc.array(change, { maxLength: 8 }), { maxLength: 4 }), (layers) => {
        const table = new StateTable();
        let top: StateOverlay | undefined;
        const plain = new Map<string, string>();
        for (const layer of layers) {
          top = new StateOverlay(top ?? table);
          for (const [customer, id, value] of layer) {
            top.set(key(customer, id), value);
            if (value === null) plain.delete(key(customer, id));
            else plain.set(key(customer, id), value);
          }
        }
        const reader = top ?? table;
        for (const customer of ['c1', 'c2']) {
          const prefix = stateKey('store', customer, '');
          const expected = [...plain].filter(([name]) => name.startsWith(prefix)).sort();
          expect([...reader.entries(prefix)].map(([k, v]) => [k, v]).sort()).toEqual(expected);
        }
      }),
    );
  });
});
