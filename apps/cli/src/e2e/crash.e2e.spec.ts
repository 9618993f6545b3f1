import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ClaimClosed, ClaimPaid, ClaimReserved, FileClaim } from '@aika/contracts';
import { attachLocalCluster } from '@aika/testing';
import { CLAIM_STEPS } from '../faults/verdict.js';
import { committedMessages, exactlyOnePerClaim } from './committed-messages.js';
import { World } from './world.js';

jest.setTimeout(240_000);

const CLAIMS = 24;

interface Filed {
  readonly customerId: string;
  readonly conversationId: string;
  readonly claimId: string;
  readonly policyId: string;
}

describe('machines die while claims are settled', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.create({ instances: 2 });
  });
  afterAll(() => world.close());

  it('two instances of each agent share the partitions', async () => {
    const owned = await Promise.all(
      [...world.fleet.agents.values()].map(async (agent) => {
        const response = await fetch(`http://127.0.0.1:${agent.spec.env['AIKA_HTTP_PORT']}/health`);
        const { agent: id, partitions } = (await response.json()) as { agent: string; partitions: number[] };
        return { id, partitions };
      }),
    );
    for (const id of new Set(owned.map((one) => one.id))) {
      const shares = owned.filter((one) => one.id === id).map((one) => one.partitions);
      expect(shares.flat().sort()).toEqual([0, 1, 2, 3]);
      expect(shares.map((share) => share.length)).toEqual([2, 2]);
    }
  });

  it('kill -9 of a claims agent in the middle loses nothing and doubles nothing', async () => {
    const claims = await policiesFor('kill');
    // Some payments are slow or lose their answer, so that the kill meets payments under way.
    await world.misbehave(
      claims.map(({ customerId }, n) =>
        n % 2 === 0 ? { customerId, mode: 'slow', delayMs: 600 } : { customerId, mode: 'lose-answer' },
      ),
    );
    const agent = world.fleet.agents.get('claims-agent');
    await file(claims);
    await Promise.any(claims.map(({ conversationId }) => world.expect(conversationId, ClaimReserved)));
    agent?.kill('SIGKILL');
    world.fleet.startAgent('claims-agent', 0);
    await allSettled(claims);
    await expectExactlyOnce(claims);
  });

  it('the whole group of claims agents dies and comes back: the same holds', async () => {
    const claims = await policiesFor('killall');
    await file(claims);
    await Promise.any(claims.map(({ conversationId }) => world.expect(conversationId, ClaimReserved)));
    for (const name of ['claims-agent', 'claims-agent-2']) world.fleet.agents.get(name)?.kill('SIGKILL');
    world.fleet.startAgent('claims-agent', 0);
    world.fleet.startAgent('claims-agent', 1);
    await allSettled(claims);
    await expectExactlyOnce(claims);
  });

  it('kill -9 of a broker in the middle of the workflow: it completes', async () => {
    const stateFile = process.env['AIKA_TEST_CLUSTER_STATE'];
    if (stateFile === undefined)
      throw new Error('This test needs the local test cluster: unset KAFKA_BROKERS.');
    const cluster = await attachLocalCluster(stateFile);
    const claims = await policiesFor('broker');
    await file(claims);
    await Promise.any(claims.map(({ conversationId }) => world.expect(conversationId, ClaimReserved)));
    await cluster.killBroker(2);
    try {
      await allSettled(claims);
    } finally {
      await cluster.startBroker(2);
    }
    await expectExactlyOnce(claims);
  });

  it('the check itself finds a claim that is paid twice, and one that is not paid', async () => {
    const claim = await oneSettled('control');
    const events = await committedMessages(world.brokers, world.namespace, 'events');
    const paid = events.find(
      (event) => event.messageType === ClaimPaid.type && event.payload['claimId'] === claim.claimId,
    );
    if (!paid) throw new Error('The settled claim has no CLAIM_PAID.');
    expect(exactlyOnePerClaim([...events, paid], ClaimPaid.type, [claim.claimId]).doubled).toEqual([
      claim.claimId,
    ]);
    expect(exactlyOnePerClaim(events, ClaimPaid.type, ['clm-never-paid']).lost).toEqual(['clm-never-paid']);
  });

  async function policiesFor(kind: string): Promise<readonly Filed[]> {
    return Promise.all(
      Array.from({ length: CLAIMS }, async (_, n) => {
        const customerId = `cust-${kind}-${n}`;
        const conversationId = `conv-${kind}-${n}`;
        const policyId = await world.bindPolicy(customerId, conversationId);
        return { customerId, conversationId, policyId, claimId: `clm-${kind}-${n}` };
      }),
    );
  }

  async function file(claims: readonly Filed[]): Promise<void> {
    await world.sender.sendAll(
      claims.map(({ customerId, conversationId, claimId, policyId }, n) => ({
        definition: FileClaim,
        payload: {
          customerId,
          claimId,
          policyId,
          lossAt: world.daysAgo(3),
          reportedAt: world.daysAgo(1),
          cause: 'HAIL',
          estimatedLoss: { amount: 60_000 + n, currency: 'GBP' },
        },
        metadata: { conversationId },
      })),
    );
  }

  async function allSettled(claims: readonly Filed[]): Promise<void> {
    await Promise.all(claims.map(({ conversationId }) => world.expect(conversationId, ClaimClosed)));
  }

  async function oneSettled(kind: string): Promise<Filed> {
    const [claim] = await policiesFor(kind);
    if (!claim) throw new Error('No policy.');
    await file([claim]);
    await allSettled([claim]);
    return claim;
  }

  /** From outside: Java's consumer for the log, the provider's own ledger for the money. */
  async function expectExactlyOnce(claims: readonly Filed[]): Promise<void> {
    const events = await committedMessages(world.brokers, world.namespace, 'events');
    const claimIds = claims.map(({ claimId }) => claimId);
    for (const type of CLAIM_STEPS) {
      const ours = events.filter(({ payload }) => claimIds.includes(String(payload['claimId'])));
      expect({ type, ...exactlyOnePerClaim(ours, type, claimIds) }).toEqual({ type, lost: [], doubled: [] });
    }
    expect(new Set(events.map(({ messageId }) => messageId)).size).toBe(events.length);
    const paid = events.filter(({ messageType }) => messageType === ClaimPaid.type);
    const ledger = await world.ledger();
    expect(ledger.count).toBe(paid.length);
    const total = paid.reduce(
      (sum, { payload }) => sum + (payload['amount'] as { amount: number }).amount,
      0,
    );
    expect(ledger.total).toEqual({ GBP: total });
  }
});
