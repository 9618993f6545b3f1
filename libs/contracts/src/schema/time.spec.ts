import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDate, isUtcTime, toUtcTime } from './time.js';

describe('a time', () => {
  it.each([
    ['2026-06-15T08:05:00Z', '2026-06-15T08:05:00Z'],
    ['2026-06-15T08:05:00', '2026-06-15T08:05:00Z'],
    ['2026-06-15 08:05:00.123456', '2026-06-15T08:05:00.123456Z'],
    ['2026-06-15T08:05', '2026-06-15T08:05:00Z'],
    ['2026-06-15t08:05:00z', '2026-06-15T08:05:00Z'],
    ['2026-06-15T08:05:00+00:00', '2026-06-15T08:05:00Z'],
    ['2026-06-15T10:05:00.5+02:00', '2026-06-15T08:05:00.5Z'],
    ['2026-01-01T00:30:00+0100', '2025-12-31T23:30:00Z'],
    ['2026-06-15T08:05:00-05', '2026-06-15T13:05:00Z'],
  ])('%s is %s', (text, utc) => {
    expect(toUtcTime(text)).toBe(utc);
    expect(isUtcTime(utc)).toBe(true);
  });

  it.each([
    '',
    'yesterday',
    '2026-02-29T00:00:00',
    '2026-13-01T00:00:00Z',
    '2026-06-15T24:00:00',
    '2026-06-15',
    '0000-06-15T08:05:00Z',
  ])('%s is none and stays as it is', (text) => {
    expect(toUtcTime(text)).toBe(text);
    expect(isUtcTime(text)).toBe(false);
  });

  it('that leaves the four-digit years by its zone is none', () => {
    for (const text of ['0001-01-01T00:30:00+01:00', '9999-12-31T23:30:00-01:00']) {
      expect(isUtcTime(toUtcTime(text))).toBe(false);
    }
  });

  it('without Z is not written by this system', () => {
    expect(isUtcTime('2026-06-15T08:05:00')).toBe(false);
    expect(isUtcTime('2026-06-15T08:05:00+00:00')).toBe(false);
  });

  it('stays the same point in time whatever its zone', () => {
    const min = new Date('1900-01-01T00:00:00Z');
    const max = new Date('2200-01-01T00:00:00Z');
    fc.assert(
      fc.property(
        fc.date({ min, max, noInvalidDate: true }),
        fc.integer({ min: -840, max: 840 }),
        (time, offset) => {
          const local = new Date(time.getTime() + offset * 60_000).toISOString().slice(0, -1);
          const size = Math.abs(offset);
          const pad = (number: number): string => String(number).padStart(2, '0');
          const zone = `${offset < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
          expect(toUtcTime(local + zone)).toBe(time.toISOString());
        },
      ),
    );
  });
});

describe('a day', () => {
  it('exists, leap years included', () => {
    expect(['2024-02-29', '2000-02-29', '2026-12-31'].every(isDate)).toBe(true);
    expect(
      ['2026-02-29', '1900-02-29', '2026-04-31', '2026-00-10', '2026-1-1', '0000-01-01'].some(isDate),
    ).toBe(false);
  });
});
