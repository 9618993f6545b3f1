import { RetriableError } from '@aika/messaging';
import { describe, expect, it } from '@jest/globals';
import { claimSettlement } from '../claim-settlement.saga.js';
import { PayClaim } from './pay-claim.effect.js';
import { PaymentController } from './payment.controller.js';
import type { PaymentCall, PaymentOutcome, PaymentProvider } from './payments.port.js';

const request = {
  customerId: 'cust-1',
  claimId: 'clm-1',
  paymentId: 'clm-1-pay-1',
  amount: { amount: 35_000, currency: 'GBP' },
} as const;
const reason = { code: 'account_closed', detail: 'The account is closed.' };

describe('the payment effect', () => {
  const pay = (answer: () => Promise<PaymentOutcome>, seen: PaymentCall[] = []) => {
    const provider: PaymentProvider = {
      pay: (_, call) => {
        seen.push(call);
        return answer();
      },
    };
    const { signal } = new AbortController();
    const call = { idempotencyKey: 'eff-1', attempt: 1, customerId: 'cust-1', signal };
    return new PaymentController(provider, claimSettlement()).pay(request, call);
  };

  it('pays under the key of the effect', async () => {
    const seen: PaymentCall[] = [];
    await pay(() => Promise.resolve({ status: 'REFUSED', reason }), seen);
    expect(seen).toMatchObject([{ idempotencyKey: 'eff-1' }]);
  });

  it('tells of a settled payment', async () => {
    const { definition, payload } = await pay(() =>
      Promise.resolve({ status: 'SETTLED', providerReference: 'sandbox-1' }),
    );
    expect(definition.type).toBe('PAYMENT_SETTLED');
    expect(payload).toEqual({ ...request, providerReference: 'sandbox-1' });
  });

  it('tells of a refused payment with its reason', async () => {
    const { definition, payload } = await pay(() => Promise.resolve({ status: 'REFUSED', reason }));
    expect(definition.type).toBe('PAYMENT_REFUSED');
    expect(payload).toEqual({ ...request, reason });
  });

  it('makes no message of an unknown outcome', async () => {
    const unknown = new RetriableError('PAYMENT_OUTCOME_UNKNOWN', 'No answer.');
    await expect(pay(() => Promise.reject(unknown))).rejects.toBe(unknown);
  });

  it('never gives up', () => {
    expect(PayClaim.maxAttempts).toBe(Infinity);
  });
});
