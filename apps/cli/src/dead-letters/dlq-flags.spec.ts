import { describe, expect, it } from '@jest/globals';
import { filterOf, isNarrowed } from './dlq-flags.js';

const NOW = Date.parse('2026-02-03T12:00:00Z');

describe('filters of aika dlq', () => {
  it('are what was given and nothing more', () => {
    expect(filterOf({ status: 'all' }, NOW)).toEqual({});
    expect(filterOf({ status: 'open', code: 'NOT_JSON', limit: '5' }, NOW)).toEqual({
      status: 'open',
      code: 'NOT_JSON',
      limit: 5,
    });
  });

  it('take the first word of an agent of the product, and the whole id of any other', () => {
    expect(filterOf({ status: 'all', agent: 'claims' }, NOW)).toEqual({ agentId: 'claims-processing-agent' });
    expect(filterOf({ status: 'all', agent: 'greeting-agent' }, NOW)).toEqual({ agentId: 'greeting-agent' });
  });

  it('take a time, or how long ago it was', () => {
    expect(filterOf({ status: 'all', since: '2h', until: '2026-02-03T11:30:00+01:00' }, NOW)).toEqual({
      since: '2026-02-03T10:00:00.000Z',
      until: '2026-02-03T10:30:00.000Z',
    });
    expect(filterOf({ status: 'all', since: '90s' }, NOW)).toEqual({ since: '2026-02-03T11:58:30.000Z' });
  });

  it.each([
    { since: 'yesterday' },
    { until: '7w' },
    { since: '99999999999d' },
    { limit: '0' },
    { limit: 'x' },
  ])('that say nothing are refused: %j', (flags) => {
    expect(() => filterOf({ status: 'open', ...flags }, NOW)).toThrow(/must be/);
  });

  it('narrow the letters down, the status alone does not', () => {
    expect(isNarrowed({ status: 'open' })).toBe(false);
    expect(isNarrowed({ status: 'open', customer: 'c-1' })).toBe(true);
  });
});
