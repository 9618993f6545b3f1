import { describe, expect, it } from '@jest/globals';
import { defineStore, type StoreDefinition } from '../agent/index.js';
import { StateOverlay, StateTable } from './state-overlay.js';
import { StoreView } from './store-view.js';

const MOST_BYTES = 100;
const Names = defineStore<string>('names');

/** Stores of some customers over one state. */
function stateOf() {
  const overlay = new StateOverlay(new StateTable());
  const store = <T>(definition: StoreDefinition<T>, customerId = 'ada'): StoreView<T> =>
    new StoreView(overlay, definition, customerId, MOST_BYTES);
  return { overlay, store };
}

describe('a store', () => {
  it('gives back what was put, until it is deleted', () => {
    const { store } = stateOf();
    const names = store(Names);
    expect(names.get('first')).toBeUndefined();
    names.put('first', 'Ada');
    expect(names.get('first')).toBe('Ada');
    names.delete('first');
    expect(names.get('first')).toBeUndefined();
  });

  it('holds copies: a value that is changed later is not changed in state', () => {
    const { store } = stateOf();
    const people = store(defineStore<{ name: string }>('people'));
    const ada = { name: 'Ada' };
    people.put('1', ada);
    ada.name = 'Bob';
    const read = people.get('1');
    expect(read).toEqual({ name: 'Ada' });
    (read as { name: string }).name = 'Eve';
    expect(people.get('1')).toEqual({ name: 'Ada' });
  });

  it('lists by prefix in order of id, of its customer and its name only', () => {
    const { store } = stateOf();
    for (const id of ['b/2', 'a/1', 'b/1', 'c']) store(Names).put(id, id);
    store(Names, 'bob').put('b/9', 'of another customer');
    store(defineStore<string>('names-2')).put('b/9', 'of another store');
    expect(store(Names).list('b/')).toEqual([
      { id: 'b/1', value: 'b/1' },
      { id: 'b/2', value: 'b/2' },
    ]);
    expect(
      store(Names)
        .list()
        .map(({ id }) => id),
    ).toEqual(['a/1', 'b/1', 'b/2', 'c']);
  });

  it('refuses a value over the limit, in bytes, and names both', () => {
    const { store } = stateOf();
    const put = () => store(Names).put('first', 'ü'.repeat(60));
    expect(put).toThrow(expect.objectContaining({ code: 'STATE_TOO_LARGE', retriable: false }));
    expect(put).toThrow('names/first would take 128 bytes; at most 100 are kept under one id.');
    store(Names).put('first', 'u'.repeat(60));
  });

  it('reads values of older versions through every upcast between, and writes the newest', () => {
    const { overlay, store } = stateOf();
    store(defineStore<string>('person')).put('1', 'Ada Lovelace');
    const upcast = (value: unknown, from: number): unknown =>
      from === 1
        ? { first: (value as string).split(' ')[0], last: (value as string).split(' ')[1] }
        : { ...(value as object), title: '' };
    const people = store(
      defineStore<{ first: string; last: string; title: string }>('person', { version: 3, upcast }),
    );
    const ada = { first: 'Ada', last: 'Lovelace', title: '' };
    expect(people.get('1')).toEqual(ada);
    expect(people.list()).toEqual([{ id: '1', value: ada }]);
    people.put('1', { ...ada, title: 'Countess' });
    expect([...overlay.changes.values()]).toEqual([
      JSON.stringify({ v: 3, d: { ...ada, title: 'Countess' } }),
    ]);
  });

  it('says so when it holds an older version and no upcast leads to the newest', () => {
    const { store } = stateOf();
    store(Names).put('first', 'Ada');
    const newer = store(defineStore<string>('names', { version: 2 }));
    expect(() => newer.get('first')).toThrow('names holds version 1, and no upcast leads to 2.');
  });
});
