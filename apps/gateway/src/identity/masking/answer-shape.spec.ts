import { catalogue, MASKED, RegisterCustomer } from '@aika/contracts';
import { describe, expect, it } from '@jest/globals';
import { shapedAnswer, sightOf } from './answer-shape.js';

const base = { subject: 'x', authority: {}, validUntil: 0 };
const message = { messageType: RegisterCustomer.type, payload: RegisterCustomer.example, metadata: { a: 1 } };
const masked = (answer: unknown, operationId = '') => shapedAnswer(answer, 'masked', operationId, catalogue);

describe('how much somebody sees', () => {
  it('is all of it for who handles claims, and where nobody is asked who they are', () => {
    expect(sightOf(undefined)).toBe('whole');
    expect(sightOf({ ...base, roles: ['auditor', 'adjuster'] })).toBe('whole');
    expect(sightOf({ ...base, roles: ['manager'] })).toBe('whole');
  });

  it('is without personal data for who watches, customer or not', () => {
    expect(sightOf({ ...base, roles: ['agent-operator'] })).toBe('masked');
    expect(sightOf({ ...base, roles: ['customer', 'auditor'], customerId: 'cust-1' })).toBe('masked');
  });

  it("is a customer's own for customers", () => {
    expect(sightOf({ ...base, roles: ['customer'], customerId: 'cust-1' })).toBe('customer');
  });
});

describe('an answer without personal data', () => {
  it('has no text of an answer about a claim for those who see no personal data', () => {
    const approval = {
      claimId: 'clm-1',
      questions: [{ question: 'Why?' }],
      answers: [{ text: 'My mother was ill.' }],
    };
    const shaped = masked(approval, 'getApproval');
    expect(shaped).toEqual({ ...approval, answers: [{ text: MASKED }] });
  });

  it('masks messages by their contracts, at any depth', () => {
    const answer = {
      records: [{ offset: 1, message }],
      history: [{ type: message.messageType, payload: message.payload }],
    };
    const text = JSON.stringify(masked(answer));
    expect(text).not.toMatch(/Ada|example\.org|7946|1984/);
    expect(masked(answer)).toMatchObject({
      records: [
        {
          offset: 1,
          message: { payload: { customerId: 'cust-1001', fullName: MASKED }, metadata: { a: 1 } },
        },
      ],
    });
  });

  it('masks the payload of what nobody knows', () => {
    expect(masked({ messageType: 'UNKNOWN', payload: { name: 'Ada' } })).toMatchObject({ payload: MASKED });
    expect(masked({ payload: 'Ada' })).toEqual({ payload: MASKED });
  });

  it('masks lines of conversations, and records that are no messages', () => {
    expect(masked({ items: [{ sequence: 1, text: 'My name is Ada.' }] }, 'listConversationMessages')).toEqual(
      {
        items: [{ sequence: 1, text: MASKED }],
      },
    );
    expect(masked({ records: [{ value: '{"name":"Ada"' }] }, 'readTopic')).toEqual({
      records: [{ value: MASKED }],
    });
  });

  it('masks bodies of dead letters: known fields stay, whatever else was sent does not', () => {
    const payload = { ...RegisterCustomer.example, full_name: 'Ada', customerId: 7 };
    const letter = (body: string) => masked({ id: 'l-1', body }, 'getDeadLetter') as { body: string };
    const { body } = letter(JSON.stringify({ ...message, payload, note: 'Ada' }));
    expect(body).not.toContain('Ada');
    expect(JSON.parse(body)).toMatchObject({
      messageType: 'REGISTER_CUSTOMER',
      payload: { customerId: 7, email: MASKED },
    });
    for (const other of ['{"name":"Ada"}', 'Ada', '[]', '{"messageType":'])
      expect(letter(other).body).toBe(MASKED);
  });
});

describe('an answer to a customer', () => {
  it('says nothing of what the insurer thinks of them', () => {
    const answer = {
      claimId: 'clm-1',
      fraudPoints: 3,
      fraudIndicators: [{ code: 'late_report', points: 3 }],
      requiredAuthority: 'MANAGER',
      decidedBy: 'anna',
      reasons: [
        { code: 'fraud_points', detail: '3 fraud points.' },
        { code: 'not_covered', detail: 'No.' },
      ],
      events: [
        { type: 'CLAIM_RISK_ASSESSED', stage: 'assessment', payload: {} },
        {
          type: 'CLAIM_REFERRED',
          payload: { riskScore: 7, findings: [{ rule: 'cover' }], payable: { amount: 1 } },
        },
        { type: 'CLAIM_REFERRAL_ESCALATED', stage: 'decision', payload: {} },
      ],
    };
    expect(shapedAnswer(answer, 'customer', 'getClaim', catalogue)).toEqual({
      claimId: 'clm-1',
      fraudIndicators: [],
      reasons: [{ code: 'not_covered', detail: 'No.' }],
      events: [{ type: 'CLAIM_REFERRED', payload: { findings: [], payable: { amount: 1 } } }],
    });
  });
});
