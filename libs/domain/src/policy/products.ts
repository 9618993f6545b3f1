import type { Currency, Money, Peril, Product } from '@aika/contracts';
import { HOME_PERILS, MOTOR_PERILS } from '@aika/contracts';

/** What a product offers and what it pays for when nothing else is asked for. */
export interface ProductDefinition {
  readonly product: Product;
  /** Every peril that can be covered. */
  readonly offered: readonly Peril[];
  /** Covered unless the customer asks otherwise. */
  readonly standard: readonly Peril[];
  /** Cannot be left out. */
  readonly compulsory: readonly Peril[];
  /** Never paid for, whatever the peril; plain sentences for the policy document. */
  readonly exclusions: readonly string[];
  /** Currencies that the product is sold in. */
  readonly currencies: readonly Currency[];
}

/** Motor: third-party liability is compulsory by the Road Traffic Act 1988, section 143. Sold in pounds. */
export const MOTOR: ProductDefinition = {
  product: 'MOTOR',
  offered: MOTOR_PERILS,
  standard: MOTOR_PERILS,
  compulsory: ['LIABILITY'],
  exclusions: [
    'Wear and tear, and mechanical or electrical breakdown.',
    'Racing, pace-making and speed testing.',
    'Driving without a licence or under the influence of drink or drugs.',
    'Loss caused on purpose.',
    'War and radioactive contamination.',
  ],
  currencies: ['GBP'],
};

/** Home: flood is excluded unless asked for. Sold in every currency of the book. */
export const HOME: ProductDefinition = {
  product: 'HOME',
  offered: HOME_PERILS,
  standard: HOME_PERILS.filter((peril) => peril !== 'FLOOD'),
  compulsory: [],
  exclusions: [
    'Flood, unless the policy names it.',
    'Wear and tear, rot, vermin and faulty workmanship.',
    'Homes left empty for more than 60 days in a row.',
    'Loss caused on purpose.',
    'War and radioactive contamination.',
  ],
  currencies: ['GBP', 'DKK', 'EUR', 'USD'],
};

/** The definition of a product. */
export function productDefinition(product: Product): ProductDefinition {
  return product === 'MOTOR' ? MOTOR : HOME;
}

/** Bounds of a motor policy's limit, and what it is when nothing is asked for: £50,000. */
export const MOTOR_LIMIT = { least: 500_000, standard: 5_000_000, most: 100_000_000 } as const;

/** What the customer bears of each loss when nothing is asked for, in minor units: £250; 2,000 kr. */
export const STANDARD_DEDUCTIBLE = {
  MOTOR: { GBP: 25_000, DKK: 200_000, EUR: 25_000, USD: 30_000 },
  HOME: { GBP: 25_000, DKK: 200_000, EUR: 25_000, USD: 30_000 },
} as const satisfies Record<Product, Record<Currency, number>>;

/** No deductible is higher than so many times the standard one. */
export const MOST_DEDUCTIBLES = 20;

/** The standard deductible of a product in a currency. */
export function standardDeductible(product: Product, currency: Currency): Money {
  return { amount: STANDARD_DEDUCTIBLE[product][currency], currency };
}
