import { describe, expect, it } from '@jest/globals';
import { type ApiKeyRecord, isActive } from './api-key.js';

const record: ApiKeyRecord = {
  id: 'key-1',
  secretHash: '',
  subject: 'batch',
  roles: ['auditor'],
  authority: {},
  createdAt: '2026-03-01T00:00:00.000Z',
};

describe('a key', () => {
  it.each([
    ['2026-03-02T00:00:04.999Z', true],
    ['2026-03-02T00:00:05.119Z', true],
    ['2026-03-02T00:00:05.120Z', false],
    ['2026-03-02T00:00:05.121Z', false],
  ])('that ends at 05.12 s counts at %s: %s', (at, counts) => {
    expect(isActive({ ...record, expiresAt: '2026-03-02T00:00:05.12Z' }, at)).toBe(counts);
  });

  it('counts for ever without an end, and not once it is revoked', () => {
    expect(isActive(record, '2099-01-01T00:00:00Z')).toBe(true);
    expect(isActive({ ...record, revokedAt: record.createdAt }, '2026-03-02T00:00:00Z')).toBe(false);
  });
});
