import { AuditRecorded, type ShownKey, validatePayload } from '@aika/contracts';
import { describe, expect, it } from '@jest/globals';
import { keyLine } from './audited-keys.js';

const AT = '2026-06-15T08:00:00Z';
const record: ShownKey = {
  id: 'abc',
  subject: 'console',
  roles: ['auditor'],
  authority: {},
  createdAt: AT,
};

describe('the line of a change of API keys', () => {
  it('says who did what to which key, as the contract has it', () => {
    const line = keyLine({ action: 'API_KEY_ROTATED', id: 'abc', record, replaces: 'old' }, 'jo', AT);
    expect(line).toMatchObject({
      ...{ action: 'API_KEY_ROTATED', kind: 'configuration', actor: 'jo', object: 'api-key abc' },
      ...{ customerId: 'none', details: { subject: 'console', roles: 'auditor', replaces: 'old' } },
    });
    expect(validatePayload(AuditRecorded, line)).toEqual([]);
  });

  it('is about the customer whose key it is', () => {
    const own = { ...record, customerId: 'cust-1', expiresAt: AT };
    const line = keyLine({ action: 'API_KEY_CREATED', id: 'abc', record: own }, 'jo', AT);
    expect(line).toMatchObject({ customerId: 'cust-1', details: { expiresAt: AT } });
    const revoked = keyLine({ action: 'API_KEY_REVOKED', id: 'abc' }, 'jo', AT);
    expect(revoked).not.toHaveProperty('details');
    expect(validatePayload(AuditRecorded, revoked)).toEqual([]);
  });
});
