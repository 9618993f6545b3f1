import { describe, expect, it } from '@jest/globals';
import { uniformMoment } from './moment.js';

describe('a moment for the folds', () => {
  it.each([
    ['2026-03-05T00:00:00Z', '2026-03-05T00:00:00.000Z'],
    ['2026-03-05T00:00:00.1Z', '2026-03-05T00:00:00.100Z'],
    ['2026-03-05T00:00:00.12Z', '2026-03-05T00:00:00.120Z'],
    ['2026-03-05T00:00:00.120Z', '2026-03-05T00:00:00.120Z'],
    ['2026-03-05T00:00:00.120300Z', '2026-03-05T00:00:00.1203Z'],
    ['2026-03-05T00:00:00.999999999Z', '2026-03-05T00:00:00.999999Z'],
  ])('is %s as %s', (moment, uniform) => {
    expect(uniformMoment(moment)).toBe(uniform);
    expect(uniformMoment(uniform)).toBe(uniform);
  });
});
