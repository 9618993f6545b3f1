import { describe, expect, it } from '@jest/globals';
import { FACTS } from '../projections/facts.js';
import { FOLDS } from '../projections/projections.js';
import { ROW_KEYS, VIEWS } from './view-names.js';

describe('the views by name', () => {
  it('have each table once, those of every projection among them', () => {
    const tables: readonly string[] = Object.values(VIEWS).flat();
    expect(new Set(tables).size).toBe(tables.length);
    expect([...tables].sort()).toEqual(Object.keys(ROW_KEYS).sort());
    const written = [
      ...FOLDS.flatMap(({ table, details }) => [table, details?.table]),
      ...FACTS.map(({ table }) => table),
    ];
    for (const table of written) if (table !== undefined) expect(tables).toContain(table);
  });
});
