import type { Money } from '@aika/contracts';

/**
 * Money for people: `1,234.50 GBP`. All four currencies have two decimals. Written without the locale machinery
 * of the platform, because the text stands in kept events and must be the same on every machine.
 */
export function amountText(money: Money): string {
  const sign = money.amount < 0 ? '-' : '';
  const units = Math.abs(money.amount);
  const whole = String(Math.floor(units / 100)).replace(/\B(?=(\d{3})+$)/g, ',');
  const minor = String(units % 100).padStart(2, '0');
  return `${sign}${whole}.${minor} ${money.currency}`;
}
