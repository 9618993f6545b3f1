import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { lanesOf, QuoteIssued, topicOf } from '@aika/contracts';
import { FORWARDED_HEADER, partitionFor } from '@aika/messaging';
import { PYTHON, PythonClient, runPython, type SeenByPython } from './python/python-client.js';
import { World } from './world.js';

jest.setTimeout(240_000);

const HINT = 'Set AIKA_PYTHON to a Python that has tools/python/requirements.txt; "npm test" does.';

if (PYTHON === undefined && process.env['CI']) {
  it('CI has the Python client', () => {
    throw new Error(HINT);
  });
}
if (PYTHON === undefined) process.stderr.write(`Tests with Python's client are skipped. ${HINT}\n`);

const run = PYTHON === undefined ? describe.skip : describe;

run("a stock client of another language: Python's confluent-kafka", () => {
  let world: World;
  let python: PythonClient;
  let commands: string;
  let partitions: number;

  beforeAll(async () => {
    world = await World.create();
    const topics = ['events', 'agent.risk', 'agent.claims', 'dlq'].flatMap(lanesOf);
    python = PythonClient.start(
      world.brokers,
      topics.map((name) => topicOf(world.namespace, name)),
    );
    commands = topicOf(world.namespace, 'commands');
    partitions = await world.log.partitionCount(commands);
  });
  afterAll(async () => {
    await python.close();
    await world.close();
  });

  /** What the client's own partitioner makes of a key: CRC-32, which agrees with the agents' by chance only. */
  const partitionByPython = (key: string): number => crc32(key) % partitions;

  /** A customer whose partition is the one where Python puts `key`, or is another. */
  function customerOf(key: string, where: 'right' | 'wrong'): string {
    for (let n = 0; ; n++) {
      const customerId = `cust-${key}-${where}-${n}`;
      const isRight = partitionFor(customerId, partitions) === partitionByPython(key);
      if (isRight === (where === 'right')) return customerId;
    }
  }

  const camelCase = (messageId: string, customerId: string, driverAge = 45) => ({
    messageId,
    messageType: 'CUSTOMER_ASSESSMENT_REQUEST',
    payload: { customerId, motor: { district: 1, engine: '<1l', driverAge } },
  });
  const snakeCase = (messageId: string, customerId: string, driverAge = 45) => ({
    message_id: messageId,
    message_type: 'CUSTOMER_ASSESSMENT_REQUEST',
    payload: { customer_id: customerId, motor: { district: 1, engine: '<1l', driver_age: driverAge } },
  });

  const causesOf = (answers: readonly SeenByPython[]): unknown[] =>
    answers.map(({ causationId }) => causationId);

  const copiesOf = (customerId: string): readonly SeenByPython[] =>
    python.seen.filter(({ key, headers }) => key === customerId && FORWARDED_HEADER in headers);

  it.each([
    ['snake_case', 'right', snakeCase],
    ['snake_case', 'wrong', snakeCase],
    ['camelCase', 'right', camelCase],
    ['camelCase', 'wrong', camelCase],
  ] as const)(
    'a question in %s is answered once, though sent twice, from the %s partition',
    async (name, where, write) => {
      const key = `portal-${name}`;
      const customerId = customerOf(key, where);
      const [first, last] = [`msg-${customerId}-first`, `msg-${customerId}-last`];
      const places = await python.send(commands, [
        { key, value: write(first, customerId) },
        { key, value: write(first, customerId) },
        // Behind the repeat on the same way: when this is answered, the repeat has had its chance.
        { key, value: write(last, customerId, 23) },
      ]);
      expect(places.map(({ partition }) => partition)).toEqual(places.map(() => partitionByPython(key)));
      const answers = await python.until(customerId, 'RISK_ASSESSMENT_COMPLETED', 2);
      expect(causesOf(answers)).toEqual([first, last]);
      expect(answers[0]?.payload['riskScore']).toEqual(expect.any(Number));
      expect(answers[0]?.partition).toBe(partitionFor(customerId, partitions));
      await python.until(customerId, 'QUOTE_ISSUED', 2);
      expect(python.about(customerId, 'QUOTE_ISSUED')).toHaveLength(2);
    },
  );

  it('a repeat in the other spelling is the same message', async () => {
    const key = 'portal-both';
    const customerId = customerOf(key, 'right');
    await python.send(commands, [
      { key, value: snakeCase('msg-both', customerId) },
      { key, value: camelCase('msg-both', customerId) },
      { key, value: camelCase('msg-both-last', customerId, 23) },
    ]);
    expect(causesOf(await python.until(customerId, 'RISK_ASSESSMENT_COMPLETED', 2))).toEqual([
      'msg-both',
      'msg-both-last',
    ]);
  });

  it('a record on the wrong partition is forwarded once, by its agent alone, and counts once', async () => {
    const key = 'portal-forward';
    const customerId = customerOf(key, 'wrong');
    const conversationId = 'conv-forward';
    const { message_type, payload } = snakeCase('', customerId);
    // Without an id of its own: the copy has to keep the one that the record's position gives.
    const value = { message_type, payload, metadata: { conversation_id: conversationId } };
    const [place] = await python.send(commands, [{ key, value }]);
    const [answer] = await python.until(customerId, 'RISK_ASSESSMENT_COMPLETED');
    await world.expect(conversationId, QuoteIssued);
    const copies = copiesOf(customerId);
    expect(copies).toHaveLength(1);
    expect(copies[0]).toMatchObject({
      topic: topicOf(world.namespace, 'agent.risk'),
      partition: partitionFor(customerId, partitions),
      headers: { [FORWARDED_HEADER]: `${place?.topic}/${place?.partition}/${place?.offset}` },
    });
    expect(answer?.causationId).toBe(copies[0]?.headers['aika-message-id']);
    const types = world.journal.conversation(conversationId).map(({ envelope }) => envelope.messageType);
    expect(types.filter((type) => type === 'CUSTOMER_ASSESSMENT_REQUEST')).toHaveLength(1);
    expect(types.filter((type) => type === 'RISK_ASSESSMENT_COMPLETED')).toHaveLength(1);
  });

  it.each(['gzip', 'snappy', 'lz4', 'zstd'])(
    'a record that the client compressed with %s is read like any',
    async (codec) => {
      const key = `portal-${codec}`;
      const customerId = customerOf(key, 'right');
      // Long and dull enough to be worth it: what gains nothing is sent uncompressed.
      const value = { ...snakeCase(`msg-${codec}`, customerId), metadata: { note: 'tick '.repeat(2000) } };
      await python.send(commands, [{ key, value }], codec);
      expect(causesOf(await python.until(customerId, 'RISK_ASSESSMENT_COMPLETED'))).toEqual([`msg-${codec}`]);
    },
  );

  const lossDate = (): string => world.daysAgo(3).slice(0, 10);
  const oldClaims = {
    snake_case: (customer_id: string, policy_id: string, amount: number) => ({
      message_id: `msg-claim-${customer_id}`,
      message_type: 'FILE_CLAIM',
      payload: { customer_id, policy_id, loss_date: lossDate(), cause: 'HAIL', amount, currency: 'GBP' },
    }),
    camelCase: (customerId: string, policyId: string, amount: number) => ({
      messageId: `msg-claim-${customerId}`,
      messageType: 'FILE_CLAIM',
      payload: { customerId, policyId, lossDate: lossDate(), cause: 'HAIL', amount, currency: 'GBP' },
    }),
  };

  it.each(['snake_case', 'camelCase'] as const)(
    'a claim in %s of the version before, without version and optional fields, is paid once though filed twice',
    async (name) => {
      const key = `claims-${name}`;
      const customerId = customerOf(key, 'wrong');
      const policyId = await world.bindPolicy(customerId, `conv-${customerId}`);
      const { count } = await world.ledger();
      const value = oldClaims[name](customerId, policyId, 50_000);
      await python.send(commands, [
        { key, value },
        { key, value },
      ]);
      await python.until(customerId, 'CLAIM_CLOSED');
      const [filed] = await python.until(customerId, 'CLAIM_FILED');
      expect(filed?.payload).toMatchObject({
        policyId,
        lossAt: `${lossDate()}T00:00:00Z`,
        estimatedLoss: { amount: 50_000, currency: 'GBP' },
        reporter: 'policyholder',
      });
      for (const type of ['CLAIM_FILED', 'CLAIM_APPROVED', 'CLAIM_PAID', 'CLAIM_CLOSED']) {
        expect(python.about(customerId, type)).toHaveLength(1);
      }
      expect((await world.ledger()).count).toBe(count + 1);
    },
  );

  it("the guide's agent in Python takes part: it hears a claim and is heard", async () => {
    const key = 'claims-watched';
    const customerId = customerOf(key, 'wrong');
    const policyId = await world.bindPolicy(customerId, `conv-${customerId}`);
    const agent = runPython('tools/python/fraud_watch_agent.py', [], world.brokers, {
      AIKA_NAMESPACE: world.namespace,
    });
    try {
      await python.send(commands, [{ key, value: oldClaims.snake_case(customerId, policyId, 2_500_000) }]);
      const [filed] = await python.until(customerId, 'CLAIM_FILED');
      const [said] = await python.until(customerId, 'RISK_ASSESSMENT_COMPLETED', 2).then(byFraudWatch);
      expect(said?.payload).toMatchObject({ risk_score: 40, risk_factors: ['large_loss'] });
      expect(said?.causationId).toBe(filed?.headers['aika-message-id']);
      // It speaks to everybody. Said again, as after a crash of its process, it is a repeat that its hearer drops.
      const before = await repeatsAtPolicyAgent();
      const again = { key: customerId, value: JSON.parse(said?.value ?? '{}') as object };
      await python.send(topicOf(world.namespace, 'events'), [again]);
      while ((await repeatsAtPolicyAgent()) === before) await delay(50);
    } finally {
      agent.kill('SIGINT');
      await once(agent, 'exit');
    }
    expect(agent.exitCode).toBe(0);
  });

  it('none of all this was a dead letter', () => {
    expect(python.seen.filter(({ topic }) => topic === topicOf(world.namespace, 'dlq'))).toEqual([]);
  });

  const byFraudWatch = (answers: readonly SeenByPython[]) =>
    answers.filter(({ sourceAgentId }) => sourceAgentId === 'fraud-watch-agent');

  /** How many messages the policy agent has dropped because it had handled them. */
  async function repeatsAtPolicyAgent(): Promise<number> {
    const port = world.fleet.agents.get('policy-agent')?.spec.env['AIKA_HTTP_PORT'];
    const response = await fetch(`http://127.0.0.1:${port}/health`);
    return ((await response.json()) as { duplicates: number }).duplicates;
  }
});
