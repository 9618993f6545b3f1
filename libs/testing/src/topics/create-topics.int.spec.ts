import { randomBytes } from 'node:crypto';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createKafkaAdmin } from '@aika/messaging/kafka';
import { createTopics } from './create-topics.js';
import { loadTopics } from './topics-file.js';

const brokers = (process.env.KAFKA_BROKERS ?? '').split(',');
const namespace = `t${randomBytes(4).toString('hex')}`;
const names = loadTopics({ environment: 'test', namespace }).map(({ name }) => name);

afterAll(async () => {
  const admin = createKafkaAdmin({ brokers, clientId: 'create-topics-test' });
  await admin.deleteTopics(names);
  await admin.close();
}, 30_000);

describe('creating the topics', () => {
  it('makes each of them on three brokers, and a repeat finds them as they are wanted', async () => {
    const first = await createTopics({ brokers, environment: 'test', namespace });
    expect(first.created).toEqual(names);
    const second = await createTopics({ brokers, environment: 'test', namespace });
    expect(second).toEqual({ created: [], existing: names, mismatched: [] });
  }, 30_000);

  it('refuses a cluster that was made with another partition count', async () => {
    await expect(createTopics({ brokers, environment: 'production', namespace })).rejects.toMatchObject({
      code: 'PARTITIONS_DIFFER',
      message: expect.stringContaining(`${namespace}.commands has 4, not 24`),
    });
  }, 30_000);
});
