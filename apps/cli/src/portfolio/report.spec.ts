import { describe, expect, it } from '@jest/globals';
import { expectedPortfolio } from './expected/expected-portfolio.js';
import { readPortfolioFiles } from './portfolio-files.js';
import { planPortfolio } from './portfolio-plan.js';
import { parsePortfolio } from './portfolio-tables.js';
import type { ReplayResult } from './replay.js';
import { reportOf, summaryOf } from './report.js';

const files = readPortfolioFiles();
const sql = expectedPortfolio(files, 0.01);
const plan = planPortfolio(parsePortfolio(files), { share: 0.01, runId: 'r1', now: 0 });
const good: ReplayResult = {
  ...{ share: 0.01, table: plan.cells, agents: sql, sql, mismatches: [], irregularities: [], unfinished: [] },
  ...{ messages: 5000, ms: 2500 },
};

describe('the report', () => {
  it('sums the book up for programs, money per currency in minor units', () => {
    expect(summaryOf(good)).toEqual({
      ...{ policies: 267, claims: 49, decided: 49, approved: 21, denied: 4, referred: 24 },
      ...{ paid: { GBP: 2_114_948, DKK: 10_286_714_100 }, mismatches: 0 },
      ...{ seconds: 2.5, messagesPerSecond: 2000 },
    });
  });

  it('shows tables, agents and SQL beside each other', () => {
    expect(reportOf(good)).toMatch(/motor, policies +245 +245 +245/);
    expect(reportOf(good)).toMatch(/home, losses claimed \(minor units\) +(\d+) +\1 +\1/);
    expect(reportOf(good)).toContain('21,149.48 GBP');
  });

  it('counts and names everything that is not as it should be', () => {
    const [policyholder] = plan.policyholders;
    if (!policyholder) throw new Error('nobody');
    const bad: ReplayResult = {
      ...good,
      stopped: 'stalled',
      mismatches: [{ where: 'motor/1/<1l/<25 paid', says: { agents: 1, SQL: 2 } }],
      irregularities: ['pf-r1-m1-1: CLAIM_PAID happened twice'],
      unfinished: [{ policyholder, state: 'filed the claim', registered: true }],
    };
    expect(summaryOf(bad).mismatches).toBe(3);
    const text = reportOf(bad);
    expect(text).toContain('Different (1):\n  motor/1/<1l/<25 paid: agents 1, SQL 2');
    expect(text).toContain('Irregular (1):\n  pf-r1-m1-1: CLAIM_PAID happened twice');
    expect(text).toContain(
      'Not through (1): filed the claim 1:\n  pf-r1-m1-1 of motor/1/<1l/<25: filed the claim',
    );
    expect(text).toContain('The replay stood still and was given up before everybody was through.');
  });
});
