import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { World } from '../e2e/world.js';
import { replayPortfolio, type ReplayOptions } from './replay.js';
import { reportOf, summaryOf } from './report.js';

jest.setTimeout(240_000);

describe('a part of the portfolio through the agents', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create();
  });
  afterAll(() => world.close());

  async function replay(options: Partial<ReplayOptions>) {
    const { log, catalogue, sender, namespace, paymentsUrl } = world;
    const { signal } = new AbortController();
    const common = { log, catalogue, sender, namespace, paymentsUrl, share: 0.01, inFlight: 100, signal };
    return replayPortfolio({ ...common, ...options });
  }

  it('comes out as tables, SQL and ledger have it, also when agents are killed in the middle', async () => {
    let killed = false;
    const result = await replay({
      onProgress: ({ over, inFlight }) => {
        if (killed || over === 0 || inFlight === 0) return;
        killed = true;
        for (const app of ['policy-agent', 'claims-agent'] as const) {
          world.fleet.agents.get(app)?.kill('SIGKILL');
          world.fleet.startAgent(app, 0);
        }
      },
    });
    expect(killed).toBe(true);
    const { mismatches, irregularities, unfinished } = result;
    expect({ mismatches, irregularities, unfinished }).toEqual({
      mismatches: [],
      irregularities: [],
      unfinished: [],
    });
    expect(summaryOf(result)).toMatchObject({ policies: 267, claims: 49, decided: 49, mismatches: 0 });
    expect(reportOf(result)).toContain('No difference between tables, agents, SQL and the payment');
  });

  it('is a difference where the provider refused a payment', async () => {
    await world.misbehave([{ customerId: 'pf-refused-f99', mode: 'refuse', reason: 'ACCOUNT_CLOSED' }]);
    const result = await replay({ runId: 'refused' });
    const where = result.mismatches.map((mismatch) => mismatch.where);
    expect(where).toEqual(expect.arrayContaining(['fire/99 paid', 'fire/99 payment']));
    expect(result.unfinished.map(({ policyholder }) => policyholder.customerId)).toEqual(['pf-refused-f99']);
    expect(summaryOf(result).mismatches).toBeGreaterThan(0);
    expect(reportOf(result)).toContain('PAYMENT_REFUSED');
  });
});
