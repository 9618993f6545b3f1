import type { Cover, Money, MotorFacts } from '../../value-types.js';

/** One policy's story, told by the examples of all its messages. */
export const customerId = 'cust-1001';
export const quoteId = 'quo-3001';
export const policyId = 'pol-4001';
export const inception = '2026-03-05T00:00:00Z';
export const expiry = '2027-03-05T00:00:00Z';
export const gbp = (amount: number): Money => ({ amount, currency: 'GBP' });
export const motor: MotorFacts = { district: 2, engine: '1-1.5l', driverAge: 41 };
export const cover: Cover = {
  perils: ['COLLISION', 'HAIL', 'LIABILITY'],
  limit: gbp(2_000_000),
  deductible: gbp(15_000),
};
