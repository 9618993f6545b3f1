import { describe, expect, it } from '@jest/globals';
import { compare, type Sides } from './comparison.js';
import { expectedPortfolio } from './expected/expected-portfolio.js';
import type { LedgerEntry } from './payments-ledger.js';
import { eventsOf } from './portfolio.fixtures.js';
import { readPortfolioFiles } from './portfolio-files.js';
import { planPortfolio } from './portfolio-plan.js';
import { parsePortfolio } from './portfolio-tables.js';
import { PortfolioTally } from './portfolio-tally.js';
import type { SeenEvent } from './seen-event.js';

const share = 0.02;
const files = readPortfolioFiles();
const sql = expectedPortfolio(files, share);
const plan = planPortfolio(parsePortfolio(files), {
  share,
  runId: 'r1',
  now: Date.parse('2026-11-22T10:00:00Z'),
});
const holders = new Map(plan.policyholders.map((holder) => [holder.customerId, holder]));
const claimants = plan.policyholders.filter(({ claim }) => claim);

const ledger: ReadonlyMap<string, LedgerEntry> = new Map(
  claimants.flatMap(({ claim }) => {
    if (!claim) return [];
    const amount = sql.claims.get(claim.name)?.paid ?? 0;
    const { currency } = claim.loss;
    return [[claim.name, amount > 0 ? { count: 1, amount, currency } : { count: 0, amount: 0 }]];
  }),
);

function tallied(change: (event: SeenEvent, index: number) => readonly SeenEvent[] = (event) => [event]) {
  const tally = new PortfolioTally(holders);
  for (const event of eventsOf(plan, sql).flatMap(change)) tally.take(event);
  return tally;
}

function sidesWith(change: Partial<Sides>): Sides {
  return { table: plan.cells, agents: tallied(), sql, ledger, ...change };
}

const where = (sides: Partial<Sides>): string[] =>
  compare(sidesWith(sides)).map((mismatch) => mismatch.where);

/** The first event of a type, changed. */
function changed(type: string, change: (payload: SeenEvent['payload']) => object) {
  let done = false;
  return tallied((event) => {
    if (done || event.type !== type) return [event];
    done = true;
    return [{ ...event, payload: { ...event.payload, ...change(event.payload) } }];
  });
}

describe('the comparison', () => {
  it('finds nothing where agents, tables, SQL and ledger agree', () => {
    expect(compare(sidesWith({}))).toEqual([]);
  });

  it('finds one penny more in one premium of one cell', () => {
    const agents = changed('QUOTE_ISSUED', ({ premium }) => {
      const { amount, currency } = premium as { amount: number; currency: string };
      return { premium: { amount: amount + 1, currency } };
    });
    expect(where({ agents })).toEqual(['motor/1/<1l/<25 quotedPremium', 'motor/1/<1l/<25 highestPremium']);
  });

  it('finds one penny that was paid too much, in the cell and in the claim', () => {
    const agents = changed('CLAIM_PAID', ({ amount }) => {
      const money = amount as { amount: number; currency: string };
      return { amount: { ...money, amount: money.amount + 1 } };
    });
    expect(where({ agents }).map((text) => text.split(' ').at(-1))).toEqual(['paid', 'paid']);
  });

  it('finds two errors that cancel each other out in their cell', () => {
    let sign = 1;
    const agents = tallied((event) => {
      if (event.type !== 'CLAIM_PAID' || !event.customerId.includes('-f')) return [event];
      const { amount, currency } = event.payload['amount'] as { amount: number; currency: string };
      const [delta] = [sign, (sign = sign === 1 ? -1 : 0)];
      return [{ ...event, payload: { ...event.payload, amount: { amount: amount + delta, currency } } }];
    });
    const found = where({ agents }).filter((text) => /^fire\/\d+ paid$/.test(text));
    expect(found).toHaveLength(2);
  });

  it('finds a policyholder who was never bound, against the table and SQL', () => {
    let dropped = false;
    const agents = tallied((event) => {
      if (dropped || event.type !== 'POLICY_BOUND') return [event];
      dropped = true;
      return [];
    });
    const found = compare(sidesWith({ agents }));
    expect(found.map((mismatch) => mismatch.where)).toEqual([
      'motor/1/<1l/<25 policies',
      'motor/1/<1l/<25 boundPremium',
    ]);
    expect(found[0]?.says).toEqual({ table: 4, agents: 3, SQL: 4 });
  });

  it('finds a payment that the ledger has twice, not at all, or in another currency', () => {
    const [first, second, third] = [...ledger].filter(([, { count }]) => count === 1);
    if (!first || !second || !third) throw new Error('too few payments');
    const wrong = new Map([
      ...ledger,
      [first[0], { ...first[1], count: 2, amount: 2 * first[1].amount }],
      [second[0], { count: 0, amount: 0 }],
      [third[0], { ...third[1], currency: 'EUR' }],
    ] as const);
    expect(where({ ledger: wrong })).toEqual([first, second, third].map(([name]) => `${name} payment`));
  });

  it('finds a claim that only one side knows', () => {
    const claims = new Map([...sql.claims].slice(1));
    expect(where({ sql: { ...sql, claims } }).filter((text) => text.startsWith('motor/1 '))).toEqual([
      'motor/1 loss',
      'motor/1 decision',
      'motor/1 reserved',
      'motor/1 paid',
      'motor/1 payment',
    ]);
  });
});

describe('the tally', () => {
  const twice = (type: string, messageId: (id: string) => string) => {
    let done = false;
    return tallied((event) => {
      if (done || event.type !== type) return [event];
      done = true;
      return [event, { ...event, messageId: messageId(event.messageId) }];
    });
  };

  it('counts the same message once, however often it comes', () => {
    const tally = twice('CLAIM_PAID', (id) => id);
    expect(tally.irregularities).toEqual([]);
    expect(compare(sidesWith({ agents: tally }))).toEqual([]);
  });

  it.each(['QUOTE_ISSUED', 'POLICY_BOUND', 'CLAIM_PAID'])('reports a second %s under another id', (type) => {
    expect(twice(type, (id) => `${id}-again`).irregularities).toEqual([
      expect.stringContaining(`${type} happened twice`),
    ]);
  });

  it('reports what must not happen, once per message', () => {
    const tally = new PortfolioTally(holders);
    const [customerId = ''] = holders.keys();
    const event = { messageId: 'msg-1', type: 'QUOTE_DECLINED', customerId, payload: {} };
    expect([tally.take(event), tally.take(event)]).toEqual(['new', 'repeat']);
    expect(tally.irregularities).toEqual([`${customerId}: unexpected QUOTE_DECLINED`]);
  });

  it('reports money in the wrong currency', () => {
    const agents = changed('POLICY_BOUND', () => ({ premium: { amount: 1, currency: 'EUR' } }));
    expect(agents.irregularities).toEqual([expect.stringContaining('boundPremium in EUR')]);
  });
});
