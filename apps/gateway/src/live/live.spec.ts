import { catalogue } from '@aika/contracts';
import { MessageSender } from '@aika/messaging';
import { describe, expect, it } from '@jest/globals';
import { NAMESPACE, TestGateway } from '../testing/gateway.fixtures.js';
import { describeLiveStream, Reader } from './live.suite.js';
import { StreamLayout } from './stream-positions.js';

const env = { AIKA_HEARTBEAT_MS: '50', AIKA_STREAM_BUFFER_BYTES: '200000' };

describeLiveStream('the log in memory', async () => {
  const gateway = await TestGateway.start({ env });
  const log = gateway.broker.connect('test');
  const sender = await MessageSender.create({
    log,
    catalogue,
    namespace: NAMESPACE,
    sourceAgentId: 'claims-processing-agent',
  });
  return {
    gateway,
    sender,
    close: async () => {
      await sender.close();
      await gateway.close();
    },
  };
});

describe('the number of live streams', () => {
  it('is bounded, and a stream that ends makes room', async () => {
    const gateway = await TestGateway.start({ env: { AIKA_MAX_STREAMS: '1' } });
    const reader = await Reader.open({ gateway }, '');
    const refused = await gateway.call('GET', '/v1/stream');
    expect(refused.status).toBe(503);
    expect(refused.body).toMatchObject({ type: 'urn:aika:problem:overloaded' });
    reader.close();
    for (let n = 0; n < 50; n++) {
      const next = await Reader.open({ gateway }, '').catch(() => undefined);
      next?.close();
      if (next) break;
    }
    await gateway.close();
  });

  it('ends with the gateway', async () => {
    const gateway = await TestGateway.start();
    await Reader.open({ gateway }, '');
    const begun = Date.now();
    await gateway.close();
    expect(Date.now() - begun).toBeLessThan(3_000);
  });
});

describe('a position on the log as text', () => {
  const layout = new StreamLayout(
    new Map([
      ['gw.b', 2],
      ['gw.a', 3],
    ]),
  );

  it('comes back as it was, whatever its size', () => {
    const positions = [0, 127, 128, 2 ** 40, Number.MAX_SAFE_INTEGER];
    expect(layout.decode(layout.encode(positions))).toEqual(positions);
  });

  it('is none of other topics, of more partitions, or when it was cut', () => {
    const id = layout.encode([1, 2, 3, 4, 500]);
    expect(
      new StreamLayout(
        new Map([
          ['gw.a', 3],
          ['gw.b', 3],
        ]),
      ).decode(id),
    ).toBeUndefined();
    for (let end = 0; end < id.length; end++) expect(layout.decode(id.slice(0, end))).toBeUndefined();
    expect(layout.decode('not a position')).toBeUndefined();
  });
});
