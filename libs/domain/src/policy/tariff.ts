import type { Construction, Peril } from '@aika/contracts';

/** One row of a table of bands: the factor from this value up to the next row's. */
export interface Band {
  readonly from: number;
  readonly perMille: number;
}

/**
 * The published tariff: premiums are products of these integers, rounded once. `data/rating-plan.json`
 * carries the same for other programs.
 */
export const TARIFF = {
  motor: {
    currency: 'GBP',
    /**
     * Pence a year at the base levels: 0.1617 claims a quarter × 4 × £650 average claim / 0.65 target loss
     * ratio = £646.80.
     */
    basePremium: 64_680,
    /** Share of the premium by peril; the standard cover is 1000. */
    perils: { COLLISION: 450, LIABILITY: 300, THEFT: 100, WINDSCREEN: 60, FIRE: 50, HAIL: 40 },
    /** By the limit in per cent of the standard limit. */
    limits: [
      { from: 0, perMille: 900 },
      { from: 50, perMille: 950 },
      { from: 100, perMille: 1000 },
      { from: 200, perMille: 1060 },
      { from: 400, perMille: 1120 },
    ],
  },
  home: {
    /** Minor units a year per 100,000 minor units of sum insured. */
    ratePerHundredThousand: { BRICK: 120, STONE: 110, TIMBER: 240 } satisfies Record<Construction, number>,
    /** Share of the premium by peril; the standard cover, without flood, is 1000. */
    perils: { FIRE: 400, WATER: 250, STORM: 150, BURGLARY: 150, HAIL: 50, FLOOD: 200 },
  },
  /** By the deductible in per cent of the product's standard deductible. */
  deductibles: [
    { from: 0, perMille: 1120 },
    { from: 50, perMille: 1060 },
    { from: 100, perMille: 1000 },
    { from: 200, perMille: 930 },
    { from: 400, perMille: 860 },
  ],
  /**
   * By the risk score: a margin for what the relativities do not see (occupation, history) and for the
   * thinner experience behind extreme cells.
   */
  scoreLoadings: [
    { from: 0, perMille: 1000 },
    { from: 25, perMille: 1030 },
    { from: 40, perMille: 1060 },
    { from: 60, perMille: 1150 },
    { from: 75, perMille: 1250 },
    { from: 85, perMille: 1400 },
  ],
  /** Scores from here on are not insured. */
  declineFromScore: 95,
} as const;

/** The factor of the last band that begins at or below the value. Bands begin at 0, values are not negative. */
export function bandFactor(bands: readonly Band[], value: number): number {
  let factor = 1000;
  for (const band of bands) if (band.from <= value) factor = band.perMille;
  return factor;
}

/** The shares of the covered perils, in per mille of the standard cover. */
export function coverFactor(
  shares: Readonly<Partial<Record<Peril, number>>>,
  perils: readonly Peril[],
): number {
  return [...new Set(perils)].reduce((sum, peril) => sum + (shares[peril] ?? 0), 0);
}
