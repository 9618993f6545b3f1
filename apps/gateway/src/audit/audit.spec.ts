import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AuditRecorded, catalogue } from '@aika/contracts';
import { MessageSender } from '@aika/messaging';
import { NAMESPACE, TestGateway } from '../testing/gateway.fixtures.js';

describe('the audit trail over HTTP', () => {
  let gateway: TestGateway;
  let half: string;

  beforeAll(async () => {
    gateway = await TestGateway.start();
    const log = gateway.broker.connect('agent');
    const sender = await MessageSender.create({
      log,
      catalogue,
      namespace: NAMESPACE,
      sourceAgentId: 'agent',
    });
    const line = { ...AuditRecorded.example, kind: undefined };
    await sender.send(AuditRecorded, { ...line, customerId: 'cust-1', actor: 'policy-agent' });
    await sender.send(AuditRecorded, {
      ...line,
      customerId: 'cust-2',
      actor: 'jo',
      kind: 'reading',
      outcome: 'refused',
    });
    await new Promise((resolve) => setTimeout(resolve, 5));
    half = new Date().toISOString();
    await sender.send(
      AuditRecorded,
      { ...line, customerId: 'cust-1', actor: 'jo', kind: 'approval', object: 'clm-1', reason: 'seen' },
      { metadata: { traceId: 'trace-1' } },
    );
    await sender.close();
    await log.close();
  });
  afterAll(() => gateway.close());

  const actors = async (query: string) => {
    const { body } = await gateway.call('GET', `/v1/audit${query}`);
    return (body?.['lines'] as { actor: string }[]).map(({ actor }) => actor);
  };

  it('shows each line with its kind, its trace and its place', async () => {
    const { body } = await gateway.call('GET', '/v1/audit?customer=cust-1');
    expect(body).toMatchObject({
      lines: [
        { actor: 'policy-agent', kind: 'decision', outcome: 'done', offset: 0 },
        { actor: 'jo', kind: 'approval', object: 'clm-1', reason: 'seen', traceId: 'trace-1' },
      ],
    });
  });

  it.each([
    ['', ['policy-agent', 'jo', 'jo']],
    ['?actor=jo', ['jo', 'jo']],
    ['?kind=reading', ['jo']],
    ['?kind=decision', ['policy-agent']],
    ['?object=clm-1', ['jo']],
    ['?action=POLICY_BOUND&customer=cust-2', ['jo']],
    ['?action=LOGIN', []],
    ['?limit=1', ['jo']],
  ])('is chosen by %j', async (query, expected) => {
    expect(await actors(query)).toEqual(expected);
  });

  it('is chosen by the time at which it was recorded', async () => {
    expect(await actors(`?since=${half}`)).toEqual(['jo']);
    expect(await actors(`?until=${half}`)).toEqual(['policy-agent', 'jo']);
  });

  it.each(['?kind=gossip', '?limit=0', '?since=soon', '?customers=cust-1'])('refuses %j', async (query) => {
    expect((await gateway.call('GET', `/v1/audit${query}`)).status).toBe(400);
  });
});
