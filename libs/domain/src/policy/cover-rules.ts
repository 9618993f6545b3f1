import type { Cover, HomeFacts, Money, Peril, Product, Reason, RequestedCover } from '@aika/contracts';
import type { RatedFacts } from '../risk/rating-plan.js';
import { MOST_DEDUCTIBLES, MOTOR_LIMIT, productDefinition, standardDeductible } from './products.js';

/** The product that the facts rate. */
export function productOf(rated: RatedFacts): Product {
  return 'motor' in rated ? 'MOTOR' : 'HOME';
}

/** What the product covers when nothing is asked for: motor £50,000; home the sum insured. */
export function standardCover(rated: RatedFacts): Cover {
  const product = productOf(rated);
  const limit = 'motor' in rated ? motorLimit(MOTOR_LIMIT.standard) : rated.home.sumInsured;
  const deductible = atMost(standardDeductible(product, limit.currency), limit);
  return { perils: [...productDefinition(product).standard], limit, deductible };
}

/** A wish against a basis: what is left out stays as it is. */
export function coverWith(basis: Cover, wish: RequestedCover | undefined): Cover {
  return {
    perils: wish?.perils ?? basis.perils,
    limit: wish?.limit ?? basis.limit,
    deductible: wish?.deductible ?? basis.deductible,
  };
}

/** Every reason why the product cannot be sold with this cover; none = it can. */
export function coverProblems(rated: RatedFacts, cover: Cover): Reason[] {
  const foreign = [...factProblems(rated), ...currencyProblems(rated, cover)];
  // Amounts in another currency cannot be compared, so the bounds would say nothing.
  return foreign.length > 0
    ? foreign
    : [...perilProblems(productOf(rated), cover), ...amountProblems(rated, cover)];
}

/** A cover made sellable, with a reason for each change: what a quote does where an endorsement is refused. */
export function sellableCover(rated: RatedFacts, cover: Cover): { cover: Cover; reasons: Reason[] } {
  const reasons = coverProblems(rated, cover);
  if (reasons.length === 0) return { cover, reasons };
  const { least, most } = limitBounds(rated);
  const limit = atMost(atLeast(cover.limit, least), most);
  const highest = highestDeductible(productOf(rated), limit);
  return {
    cover: {
      perils: sellablePerils(rated, cover.perils),
      limit,
      deductible: atMost(cover.deductible, highest),
    },
    reasons,
  };
}

/** Facts that no cover can be built on. */
export function factProblems(rated: RatedFacts): Reason[] {
  if ('motor' in rated) return [];
  const { sumInsured, rebuildingCost } = rated.home;
  if (sumInsured.amount === 0) return [{ code: 'sum_insured_missing', detail: 'The sum insured is zero.' }];
  if (!rebuildingCost || rebuildingCost.currency === sumInsured.currency) return [];
  return [
    { code: 'currency_mismatch', detail: 'Sum insured and rebuilding cost are in different currencies.' },
  ];
}

/** Problems that no adaptation solves: the wish is in a currency that the product or the facts are not in. */
export function currencyProblems(rated: RatedFacts, wish: RequestedCover): Reason[] {
  const currency = 'motor' in rated ? 'GBP' : rated.home.sumInsured.currency;
  const foreign = [wish.limit, wish.deductible].find((money) => money && money.currency !== currency);
  if (!foreign) return [];
  return [
    {
      code: 'currency_mismatch',
      detail: `The policy is in ${currency}, the wished cover in ${foreign.currency}.`,
    },
  ];
}

/** More perils, a higher limit or a lower deductible. Both in one currency. */
export function isIncreased(before: Cover, after: Cover): boolean {
  return (
    after.perils.some((peril) => !before.perils.includes(peril)) ||
    after.limit.amount > before.limit.amount ||
    after.deductible.amount < before.deductible.amount
  );
}

/** The limit of a home policy follows its sum insured when it was the whole of it, else is only capped by it. */
export function followSumInsured(cover: Cover, before: HomeFacts, after: HomeFacts): Cover {
  const whole = cover.limit.amount === before.sumInsured.amount;
  return { ...cover, limit: whole ? after.sumInsured : atMost(cover.limit, after.sumInsured) };
}

function perilProblems(product: Product, { perils }: Cover): Reason[] {
  const { offered, compulsory } = productDefinition(product);
  const strange = [...new Set(perils)].filter((peril) => !offered.includes(peril));
  const missing = compulsory.filter((peril) => !perils.includes(peril));
  const problems = strange.map((peril) => ({
    code: 'peril_not_offered',
    detail: `${peril} is not a peril of a ${product} policy.`,
  }));
  const left = missing.map((peril) => ({ code: 'peril_compulsory', detail: `${peril} cannot be left out.` }));
  const empty = { code: 'no_perils', detail: 'A policy covers at least one peril.' };
  return [...problems, ...left, ...(perils.length === 0 ? [empty] : [])];
}

function amountProblems(rated: RatedFacts, { limit, deductible }: Cover): Reason[] {
  const { least, most } = limitBounds(rated);
  const highest = highestDeductible(productOf(rated), atMost(atLeast(limit, least), most));
  const problems: Reason[] = [];
  if (limit.amount < least.amount)
    problems.push({ code: 'limit_too_low', detail: `The lowest limit is ${units(least)}.` });
  if (limit.amount > most.amount)
    problems.push({ code: 'limit_too_high', detail: `The highest limit is ${units(most)}.` });
  if (deductible.amount > highest.amount) {
    problems.push({ code: 'deductible_too_high', detail: `The highest deductible is ${units(highest)}.` });
  }
  return problems;
}

function sellablePerils(rated: RatedFacts, wished: readonly Peril[]): readonly Peril[] {
  const { offered, standard, compulsory } = productDefinition(productOf(rated));
  const possible = wished.filter((peril) => offered.includes(peril));
  if (possible.length === 0) return [...standard];
  return [...possible, ...compulsory.filter((peril) => !possible.includes(peril))];
}

function limitBounds(rated: RatedFacts): { least: Money; most: Money } {
  if ('motor' in rated) return { least: motorLimit(MOTOR_LIMIT.least), most: motorLimit(MOTOR_LIMIT.most) };
  const most = rated.home.sumInsured;
  return { least: { amount: 1, currency: most.currency }, most };
}

function highestDeductible(product: Product, limit: Money): Money {
  const standard = standardDeductible(product, limit.currency);
  return atMost({ amount: standard.amount * MOST_DEDUCTIBLES, currency: limit.currency }, limit);
}

function motorLimit(amount: number): Money {
  return { amount, currency: 'GBP' };
}

function atMost(money: Money, most: Money): Money {
  return money.amount > most.amount ? most : money;
}

function atLeast(money: Money, least: Money): Money {
  return money.amount < least.amount ? least : money;
}

/** `50000.00 GBP`: every currency of the book has two decimals. */
function units({ amount, currency }: Money): string {
  const digits = String(amount).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
}
