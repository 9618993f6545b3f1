import { expect, it } from '@jest/globals';
import { amountText } from './amount-text.js';

it.each([
  [0, '0.00 GBP'],
  [5, '0.05 GBP'],
  [123_450, '1,234.50 GBP'],
  [100_000_000, '1,000,000.00 GBP'],
  [-94_805, '-948.05 GBP'],
])('writes %i minor units as %s', (amount, text) => {
  expect(amountText({ amount, currency: 'GBP' })).toBe(text);
});
