/** Best, starting and worst coefficient, in hundredths. */
export const BONUS_MALUS = { best: 50, start: 100, worst: 350 } as const;

/** Claims of one insurance year, by the driver's part in them. */
export interface ClaimsOfTheYear {
  readonly atFault: number;
  readonly partlyAtFault: number;
}

/**
 * Next year's coefficient in hundredths by the French bonus-malus (Code des assurances, annex to article
 * A121-1): ×0.95 for a year without claims; otherwise ×1.25 per claim at fault and ×1.125 per claim partly at
 * fault. Each coefficient obtained is cut, not rounded, to two decimals and stays within 0.50 to 3.50.
 * Not modelled: the return to 1.00 after two clean years, and the first claim forgiven after three years at 0.50.
 */
export function nextBonusMalus(hundredths: number, claims: ClaimsOfTheYear): number {
  if (claims.atFault === 0 && claims.partlyAtFault === 0) {
    return Math.max(BONUS_MALUS.best, scaled(hundredths, 950));
  }
  const afterFault = repeat(claims.atFault, hundredths, 1250);
  return repeat(claims.partlyAtFault, afterFault, 1125);
}

/** The coefficient of a message (such as 0.95) in hundredths. */
export function bonusMalusHundredths(coefficient: number): number {
  return Math.round(coefficient * 100);
}

/** The coefficient as messages carry it. */
export function bonusMalusCoefficient(hundredths: number): number {
  return hundredths / 100;
}

function repeat(times: number, hundredths: number, perMille: number): number {
  let coefficient = hundredths;
  // Past the worst coefficient further claims change nothing, so a huge count costs no time.
  for (let i = 0; i < times && coefficient < BONUS_MALUS.worst; i += 1)
    coefficient = scaled(coefficient, perMille);
  return Math.min(BONUS_MALUS.worst, coefficient);
}

/** Integer arithmetic: 0.95 has no exact binary form, and a cut after the second decimal would show it. */
function scaled(hundredths: number, perMille: number): number {
  return Math.floor((hundredths * perMille) / 1000);
}
