import { describe, expect, it } from '@jest/globals';
import { catalogue } from '@aika/contracts';
import { HISTORY_ONLY, isProjected, NOT_PROJECTED, tablesOf } from './projections.js';

describe('the projections', () => {
  it('say of every type of event where it goes, or why it goes nowhere', () => {
    const unsaid = catalogue
      .events()
      .map(({ type }) => type)
      .filter(
        (type) =>
          tablesOf(type).length === 0 &&
          HISTORY_ONLY[type] === undefined &&
          NOT_PROJECTED[type] === undefined,
      );
    expect(unsaid).toEqual([]);
  });

  it('give no reason against a type that is projected, and none for a type that there is not', () => {
    for (const type of [...Object.keys(HISTORY_ONLY), ...Object.keys(NOT_PROJECTED)]) {
      expect([type, tablesOf(type), catalogue.get(type)?.kind]).toEqual([type, [], 'event']);
    }
  });

  it('keep no command as an event', () => {
    expect(catalogue.commands().filter(({ type }) => isProjected(type))).toEqual([]);
  });
});
