import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ClaimDenied, CommandRejected, FileClaim, topicOf } from '@aika/contracts';
import { DEAD_LETTER_HEADER, partitionFor, type LogRecord, type RecordWriter } from '@aika/messaging';
import { World } from './world.js';

jest.setTimeout(120_000);

describe('bad input is answered or kept with its reason, and harms nothing else', () => {
  let world: World;
  let writer: RecordWriter;
  const letters: LogRecord[] = [];
  const stop = new AbortController();
  let watching: Promise<void>;

  beforeAll(async () => {
    world = await World.create();
    writer = await world.log.createWriter();
    const ready = Promise.withResolvers<void>();
    const topics = [topicOf(world.namespace, 'dlq')];
    watching = (async () => {
      const records = world.log.follow({
        topics,
        from: 'start',
        signal: stop.signal,
        onReady: ready.resolve,
      });
      for await (const batch of records) letters.push(...batch);
    })();
    await ready.promise;
  });
  afterAll(async () => {
    stop.abort();
    await watching;
    await writer.close();
    await world.close();
  });

  const claim = (customerId: string) => ({
    customerId,
    claimId: `clm-${customerId}`,
    policyId: 'pol-of-nobody',
    lossAt: world.daysAgo(3),
    cause: 'HAIL' as const,
    estimatedLoss: { amount: 50_000, currency: 'GBP' as const },
  });

  async function deadLetter(
    customerId: string,
  ): Promise<{ code: string; causes: string; value: string; agent: string }> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const found = letters.find((letter) => letter.key?.toString() === customerId);
      if (found) {
        const text = (header: string): string => found.headers[header]?.toString() ?? '';
        return {
          code: text(DEAD_LETTER_HEADER.code),
          causes: text(DEAD_LETTER_HEADER.causes),
          agent: text(DEAD_LETTER_HEADER.agent),
          value: found.value?.toString() ?? '',
        };
      }
      if (Date.now() > deadline)
        throw new Error(`No dead letter for ${customerId}; there are ${letters.length}.`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function sendRaw(customerId: string, value: string): Promise<void> {
    const topic = topicOf(world.namespace, 'commands');
    const partition = partitionFor(customerId, await world.log.partitionCount(topic));
    await writer.send([{ topic, partition, key: customerId, value }]);
  }

  const sendJson = (customerId: string, message: object): Promise<void> =>
    sendRaw(customerId, JSON.stringify(message));

  it('an unknown message type goes to the dead letters once, though four agents saw it', async () => {
    await sendJson('bad-type', { messageType: 'MAKE_COFFEE', payload: { customerId: 'bad-type' } });
    expect(await deadLetter('bad-type')).toMatchObject({
      code: 'UNKNOWN_MESSAGE_TYPE',
      agent: 'customer-service-agent',
    });
    await orderlyTraffic('after-type');
    expect(letters.filter((letter) => letter.key?.toString() === 'bad-type')).toHaveLength(1);
  });

  it('bytes that are no JSON go to the dead letters as they came', async () => {
    await sendRaw('bad-bytes', '{"messageType": "FILE_CLAIM", ');
    expect(await deadLetter('bad-bytes')).toMatchObject({
      code: 'NOT_JSON',
      value: '{"messageType": "FILE_CLAIM", ',
    });
  });

  it('a payload that breaks its schema goes to the dead letters of its owner, with every broken rule', async () => {
    const payload = { ...claim('bad-schema'), cause: 'VOLCANO', lossAt: 'yesterday' };
    await sendJson('bad-schema', { messageType: 'FILE_CLAIM', schemaVersion: 2, payload });
    const letter = await deadLetter('bad-schema');
    expect(letter).toMatchObject({ code: 'INVALID_PAYLOAD', agent: 'claims-processing-agent' });
    expect(letter.causes).toContain('/payload/cause');
    expect(letter.causes).toContain('/payload/lossAt');
  });

  it('negative money is refused', async () => {
    const payload = { ...claim('bad-money'), estimatedLoss: { amount: -1, currency: 'GBP' } };
    await sendJson('bad-money', { messageType: 'FILE_CLAIM', schemaVersion: 2, payload });
    expect((await deadLetter('bad-money')).causes).toContain('/payload/estimatedLoss/amount');
  });

  it('a message dated in the future is refused', async () => {
    const message = {
      messageType: 'FILE_CLAIM',
      schemaVersion: 2,
      timestamp: '2999-01-01T00:00:00Z',
      payload: claim('bad-date'),
    };
    await sendJson('bad-date', message);
    expect(await deadLetter('bad-date')).toMatchObject({ code: 'TIMESTAMP_IN_FUTURE' });
  });

  it('a loss in the future is answered with a refusal', async () => {
    const conversation = 'conv-future-loss';
    await world.send(conversation, FileClaim, {
      ...claim('future-loss'),
      lossAt: world.daysAgo(-2),
      reportedAt: world.daysAgo(0),
    });
    expect((await world.expect(conversation, CommandRejected)).code).toBe('loss_in_future');
  });

  it('a claim on no policy is denied with that reason', async () => {
    const conversation = 'conv-no-policy';
    await world.send(conversation, FileClaim, claim('no-policy'));
    const denied = await world.expect(conversation, ClaimDenied);
    expect(denied.reasons.map(({ code }) => code)).toContain('policy_not_found');
  });

  it('the same message id with the same content is handled once; with other content it is kept aside', async () => {
    const conversation = 'conv-twice';
    const first = claim('twice');
    const message = {
      messageId: 'msg-e2e-twice',
      messageType: 'FILE_CLAIM',
      schemaVersion: 2,
      metadata: { conversationId: conversation },
    };
    await sendJson('twice', { ...message, payload: first });
    await sendJson('twice', { ...message, payload: first });
    await sendJson('twice', { ...message, payload: { ...first, cause: 'FIRE' } });
    expect(await deadLetter('twice')).toMatchObject({ code: 'DUPLICATE_ID' });
    await world.expect(conversation, ClaimDenied);
    const filed = world.journal
      .conversation(conversation)
      .filter(({ envelope }) => envelope.messageType === 'CLAIM_FILED');
    expect(filed).toHaveLength(1);
  });

  it('an oversized message is refused: by the sender with a reason, from elsewhere to the dead letters', async () => {
    const huge = { ...claim('too-large'), notes: 'x'.repeat(900_000) };
    await expect(world.send('conv-large', FileClaim, huge)).rejects.toMatchObject({
      code: 'OUTPUT_TOO_LARGE',
    });
    await sendJson('too-large', { messageType: 'FILE_CLAIM', schemaVersion: 2, payload: huge });
    expect(await deadLetter('too-large')).toMatchObject({ code: 'TOO_LARGE' });
  });

  it('ordinary traffic goes on', async () => {
    await orderlyTraffic('after-all');
  });

  async function orderlyTraffic(customerId: string): Promise<void> {
    const policyId = await world.bindPolicy(customerId, `conv-${customerId}`);
    expect(policyId).toMatch(/^pol-/);
  }
});
