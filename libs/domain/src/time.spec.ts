import { describe, expect, it } from '@jest/globals';
import {
  addDays,
  addYears,
  daysBetween,
  earliest,
  InvalidTimeError,
  isBefore,
  latest,
  utcDate,
} from './time.js';

describe('UTC time', () => {
  it('counts calendar days whatever the hour', () => {
    expect(daysBetween('2026-01-01T23:59:59Z', '2026-01-02T00:00:00Z')).toBe(1);
    expect(daysBetween('2026-01-02T00:00:00Z', '2026-01-01T23:00:00Z')).toBe(-1);
    expect(daysBetween('2024-02-28T12:00:00Z', '2024-03-01T08:00:00Z')).toBe(2);
  });

  it('adds days and years at the same hour, and keeps fractions of a second', () => {
    expect(addDays('2026-12-31T10:30:00Z', 1)).toBe('2027-01-01T10:30:00Z');
    expect(addDays('2026-12-31T10:30:00.250Z', -1)).toBe('2026-12-30T10:30:00.250Z');
    expect(addYears('2026-03-01T10:30:00Z', 1)).toBe('2027-03-01T10:30:00Z');
    expect(addYears('2024-02-29T00:00:00Z', 1)).toBe('2025-02-28T00:00:00Z');
  });

  it('compares times, not texts', () => {
    expect(isBefore('2026-01-01T00:00:00Z', '2026-01-01T00:00:00.001Z')).toBe(true);
    expect(isBefore('2026-01-01T01:00:00+01:00', '2026-01-01T00:00:00Z')).toBe(false);
    expect(latest('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')).toBe('2026-01-02T00:00:00Z');
    expect(earliest('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')).toBe('2026-01-01T00:00:00Z');
    expect(utcDate('2026-01-01T00:30:00+01:00')).toBe('2025-12-31');
  });

  it('refuses what is no time', () => {
    expect(() => addDays('yesterday', 1)).toThrow(InvalidTimeError);
  });
});
