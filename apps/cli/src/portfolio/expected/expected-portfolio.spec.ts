import { describe, expect, it } from '@jest/globals';
import { authorityFor, payableAmount, ratePremium, scoreCustomer, standardCover } from '@aika/domain';
import { readPortfolioFiles } from '../portfolio-files.js';
import { parsePortfolio } from '../portfolio-tables.js';
import { planPortfolio, type Policyholder } from '../portfolio-plan.js';
import { expectedPortfolio } from './expected-portfolio.js';

const files = readPortfolioFiles();
const tables = parsePortfolio(files);
const whole = expectedPortfolio(files, 1);
const plan = planPortfolio(tables, { share: 1, runId: 'test', now: Date.parse('2026-11-22T10:00:00Z') });

/** The annual premium by the agents' own rules. */
function premiumByDomain({ facts: rated, requestedCover }: Policyholder): number {
  const { riskScore } = scoreCustomer({ rated, previousClaims: 0, bonusMalus: 100 });
  const cover = { ...standardCover(rated), ...requestedCover };
  return ratePremium({ rated, cover, bonusMalus: 100, riskScore }).premium.amount;
}

/** The decision and the payout by the agents' own rules. */
function claimByDomain({ facts, requestedCover, claim }: Policyholder) {
  if (!claim) throw new Error('no claim');
  const cover = { ...standardCover(facts), ...requestedCover };
  const payable = payableAmount(claim.loss, cover);
  const authority = authorityFor(payable, 0);
  const referred = `referred to ${authority}: above_automatic_limit`;
  const approved = authority === 'AUTOMATIC' ? 'approved: within_automatic_limit' : referred;
  const decision = payable.amount === 0 ? 'denied: below_deductible' : approved;
  return { loss: claim.loss.amount, decision, reserved: payable.amount, paid: payable.amount };
}

describe('the independent SQL program', () => {
  it('agrees with the domain on the premium of every cell', () => {
    const byCell = new Map(plan.policyholders.map((holder) => [holder.cell, premiumByDomain(holder)]));
    expect(byCell.size).toBe(64 + 5);
    const bySql = new Map([...whole.cells].map(([cell, { lowestPremium }]) => [cell, lowestPremium]));
    expect(bySql).toEqual(byCell);
  });

  it('agrees with the domain on decision and payout of every claim', () => {
    const claimants = plan.policyholders.filter(({ claim }) => claim);
    const byDomain = new Map(claimants.map((holder) => [holder.claim?.name, claimByDomain(holder)]));
    expect(byDomain.size).toBe(3151 + 2167);
    expect(whole.claims).toEqual(byDomain);
  });

  it.each([1, 0.5, 0.333, 0.05, 0.001])('agrees with the plan on every cell of a share of %d', (share) => {
    const { cells } = planPortfolio(tables, { share, runId: 'test', now: 0 });
    const expected = expectedPortfolio(files, share);
    const sizes = [...expected.cells].map(([cell, { policies, claims }]) => [cell, policies, claims]);
    const planned = cells.map(({ cell, holders, claims }) => [cell, holders, claims]);
    expect(sizes.sort()).toEqual(planned.sort());
    for (const { cell, losses } of cells) {
      if (losses !== undefined) expect(expected.cells.get(cell)?.losses).toBe(losses);
    }
  });

  it('has claims that are approved, referred and denied, and a fire above the limit', () => {
    const cells = [...whole.cells.values()];
    const sum = (figure: 'approved' | 'referred' | 'denied') =>
      cells.reduce((total, cell) => total + cell[figure], 0);
    expect(sum('approved')).toBeGreaterThan(2000);
    expect(sum('referred')).toBeGreaterThan(2167);
    expect(sum('denied')).toBeGreaterThan(400);
    expect([...whole.claims.values()].filter(({ paid }) => paid === 10_000_000_000)).toHaveLength(3);
  });

  it('decides the exact edges: the deductible pays nothing, the automatic limit needs nobody', () => {
    expect(whole.claims.get('motor/21')).toMatchObject({
      loss: 25_000,
      decision: 'denied: below_deductible',
    });
    expect(whole.claims.get('motor/22')).toMatchObject({
      paid: 250_000,
      decision: 'approved: within_automatic_limit',
    });
  });

  it('refuses a product that 64 bits cannot hold instead of going on with a float', () => {
    const ratingPlan = files.ratingPlan.replace('"basePremium": 64680', '"basePremium": 6468000000');
    expect(() => expectedPortfolio({ ...files, ratingPlan }, 1)).toThrow(/INTEGER/);
  });
});
