import { describe, expect, it } from '@jest/globals';
import { readPortfolioFiles } from './portfolio-files.js';
import { planPortfolio } from './portfolio-plan.js';
import { parsePortfolio } from './portfolio-tables.js';

const files = readPortfolioFiles();
const tables = parsePortfolio(files);
const now = Date.parse('2026-11-22T00:00:01Z');
const plan = planPortfolio(tables, { share: 1, runId: 'r1', now });
const DAY_MS = 86_400_000;

describe('the plan of a replay', () => {
  it('makes a customer of every policyholder and a claim of every claim of the tables', () => {
    const motor = plan.policyholders.filter(({ cell }) => cell.startsWith('motor/'));
    expect(motor).toHaveLength(23_359);
    expect(motor.filter(({ claim }) => claim)).toHaveLength(3151);
    expect(plan.policyholders).toHaveLength(23_359 + 2167);
    expect(new Set(plan.policyholders.map(({ customerId }) => customerId)).size).toBe(23_359 + 2167);
  });

  it('reads losses to the øre', () => {
    const sum = plan.cells.reduce((total, { losses = 0 }) => total + losses, 0);
    const kroner = files.fireTable
      .trim()
      .split('\n')
      .slice(1)
      .reduce((total, line) => total + BigInt(line.replace('.', '')), 0n);
    expect(BigInt(sum)).toBe(kroner * 100n);
  });

  it('has losses after the first weeks of cover, reported in time and before now', () => {
    for (const { claim } of plan.policyholders) {
      if (!claim) continue;
      const [lossAt, reportedAt] = [Date.parse(claim.lossAt), Date.parse(claim.reportedAt)];
      expect(lossAt).toBeGreaterThanOrEqual(Date.parse(plan.effectiveFrom) + 20 * DAY_MS);
      expect(reportedAt - lossAt).toBe(2 * DAY_MS);
      expect(reportedAt).toBeLessThan(now);
    }
  });

  it('keeps at least one policyholder of every cell, and never more claims than policyholders', () => {
    for (const share of [0.0001, 0.01, 0.05, 0.5]) {
      const { cells } = planPortfolio(tables, { share, runId: 'r1', now });
      for (const { holders, claims } of cells) {
        expect(holders).toBeGreaterThanOrEqual(1);
        expect(claims).toBeLessThanOrEqual(holders);
      }
      expect(cells.filter(({ cell }) => cell.startsWith('motor/'))).toHaveLength(64);
    }
  });

  it('is the same for the same input, and nobody of another run has its prefix', () => {
    expect(planPortfolio(tables, { share: 1, runId: 'r1', now })).toEqual(plan);
    const other = planPortfolio(tables, { share: 0.01, runId: 'r11', now });
    expect(other.policyholders.some(({ customerId }) => customerId.startsWith(plan.prefix))).toBe(false);
  });

  it.each([
    ['an unknown engine', { motorTable: 'h\n1,9l,<25,10,1\n' }, /motor_portfolio_1973.csv, line 2/],
    ['more claims than policyholders', { motorTable: 'h\n1,<1l,<25,3,4\n' }, /line 2/],
    [
      'a loss that is no number',
      { fireTable: 'h\n1.5\n1.5e3\n' },
      /danish_fire_losses_1980_1990.csv, line 3/,
    ],
  ])('refuses a table with %s', (_, change, message) => {
    expect(() => parsePortfolio({ ...files, ...change })).toThrow(message);
  });
});
