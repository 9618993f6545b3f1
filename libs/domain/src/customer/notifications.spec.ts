import { describe, expect, it } from '@jest/globals';
import {
  catalogue,
  type ClaimInformationRequestedPayload,
  type ClaimReferralEscalatedPayload,
  validatePayload,
} from '@aika/contracts';
import { NOTIFIED_EVENT_TYPES, type NotifiedEvent } from './notification-templates.js';
import { notificationsFor } from './notifications.js';

const ids = { customerId: 'cus-1', claimId: 'clm-1' };
const gbp = (amount: number) => ({ amount, currency: 'GBP' as const });

describe('notifications', () => {
  it('ask for one message on each channel, by default on the log', () => {
    const event: NotifiedEvent = {
      type: 'CLAIM_PAID',
      data: { ...ids, paymentId: 'clm-1-pay-1', amount: gbp(123_450) },
    };
    const onLog = {
      customerId: 'cus-1',
      notificationId: 'ntf-LOG-77',
      channel: 'LOG',
      template: 'claim-paid',
      language: 'en',
      parameters: { claimId: 'clm-1', paymentId: 'clm-1-pay-1', amount: '1,234.50 GBP' },
      causedBy: 'msg-77',
    };
    expect(notificationsFor(event, 'msg-77')).toEqual([onLog]);
    const preferences = { channels: ['LOG', 'EMAIL'], language: 'da' } as const;
    expect(notificationsFor(event, 'msg-77', preferences)).toEqual([
      { ...onLog, language: 'da' },
      { ...onLog, language: 'da', notificationId: 'ntf-EMAIL-77', channel: 'EMAIL' },
    ]);
  });

  it('tell every reason of a denial', () => {
    const reasons = [
      { code: 'policy_lapsed', detail: 'The policy had lapsed.' },
      { code: 'outside_notice_period', detail: 'Reported late.' },
    ];
    const data = { ...ids, reasons, deniedBy: 'AUTOMATIC' };
    expect(notificationsFor({ type: 'CLAIM_DENIED', data }, 'msg-1')[0]?.parameters).toEqual({
      claimId: 'clm-1',
      reasons: 'The policy had lapsed. Reported late.',
    });
  });

  it('never tell a customer of fraud points', () => {
    const data = {
      ...ids,
      payable: gbp(1),
      fraudPoints: 40,
      requiredAuthority: 'ADJUSTER' as const,
      reasons: [{ code: 'fraud_points', detail: '40 fraud points.' }],
    };
    const requests = notificationsFor({ type: 'CLAIM_REFERRED', data }, 'msg-1');
    expect(JSON.stringify(requests)).not.toContain('fraud');
  });

  it('are not sent when a second person has to approve: the customer was told that people look at it', () => {
    const proposal = { proposedBy: 'anna', amount: { amount: 1, currency: 'GBP' } } as const;
    const data = { ...(catalogue.get('CLAIM_REFERRED')?.example as object), proposal };
    expect(notificationsFor({ type: 'CLAIM_REFERRED', data } as NotifiedEvent, 'msg-1')).toEqual([]);
  });

  it('ask the customer what is asked of them, without why, and nobody of what an assessor is asked', () => {
    const data = catalogue.get('CLAIM_INFORMATION_REQUESTED')?.example as ClaimInformationRequestedPayload;
    const [request] = notificationsFor({ type: 'CLAIM_INFORMATION_REQUESTED', data }, 'msg-1');
    expect(request).toMatchObject({
      template: 'claim-question',
      parameters: { question: data.question, answerBy: 'by 2026-06-29' },
    });
    expect(JSON.stringify(request)).not.toContain(data.reason.detail);
    const ofAssessor = { ...data, askedOf: 'ASSESSOR' } as const;
    expect(notificationsFor({ type: 'CLAIM_INFORMATION_REQUESTED', data: ofAssessor }, 'msg-1')).toEqual([]);
  });

  it('say once that a decision takes longer, and nothing of a missing answer', () => {
    const data = catalogue.get('CLAIM_REFERRAL_ESCALATED')?.example as ClaimReferralEscalatedPayload;
    const told = (change: Partial<ClaimReferralEscalatedPayload>) =>
      notificationsFor({ type: 'CLAIM_REFERRAL_ESCALATED', data: { ...data, ...change } }, 'msg-1');
    expect(told({})).toMatchObject([{ template: 'claim-delayed', parameters: { claimId: 'clm-5001' } }]);
    expect(told({ escalationLevel: 2 })).toEqual([]);
    expect(told({ reason: { code: 'answer_overdue', detail: 'Nothing came.' } })).toEqual([]);
  });

  it.each(NOTIFIED_EVENT_TYPES)('are valid messages for %s', (type) => {
    const definition = catalogue.get('NOTIFICATION_REQUESTED');
    const event = { type, data: catalogue.get(type)?.example } as NotifiedEvent;
    const requests = notificationsFor(event, 'msg-1', {
      channels: ['LOG', 'EMAIL', 'WEBHOOK'],
      language: 'en',
    });
    expect(requests).toHaveLength(3);
    for (const request of requests) {
      expect(Object.values(request.parameters).every((value) => typeof value === 'string')).toBe(true);
      if (definition) expect(validatePayload(definition, request)).toEqual([]);
    }
  });
});
