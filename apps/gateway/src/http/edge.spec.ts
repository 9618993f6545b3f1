import { connect } from 'node:net';
import { FileClaim } from '@aika/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, TestGateway } from '../testing/gateway.fixtures.js';

describe('the edge before every route', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start({
      env: {
        AIKA_MAX_BODY_BYTES: '2000',
        AIKA_MAX_JSON_DEPTH: '5',
        AIKA_CORS_ORIGINS: 'https://console.example',
      },
    });
  });
  afterAll(() => gateway.close());

  it('answers an unknown address, method, media type and body with a problem each', async () => {
    const claims = '/v1/claims';
    const json = { 'content-type': 'application/json' };
    const cases: readonly (readonly [string, number, Promise<Answer>])[] = [
      ['not-found', 404, gateway.call('GET', '/nowhere')],
      ['method-not-allowed', 405, gateway.call('DELETE', claims)],
      ['bad-request', 400, gateway.call('POST', '/v1/claims/%E0%A4%A/withdrawal', { body: {} })],
      [
        'unsupported-media-type',
        415,
        gateway.call('POST', claims, { raw: 'x', headers: { 'content-type': 'text/plain' } }),
      ],
      [
        'unsupported-media-type',
        415,
        gateway.call('POST', claims, { raw: 'x', headers: { ...json, 'content-encoding': 'gzip' } }),
      ],
      ['not-json', 400, gateway.call('POST', claims, { raw: '{"customerId": Ada' })],
      ['not-json', 400, gateway.call('POST', claims, { raw: new Uint8Array([0x22, 0xff, 0x22]) })],
      ['invalid-request', 400, gateway.call('POST', claims, { raw: '[]' })],
      ['invalid-request', 400, gateway.call('POST', claims)],
      ['invalid-request', 400, gateway.call('POST', claims, { raw: '{"a":{"b":{"c":{"d":{"e":{}}}}}}' })],
      [
        'body-too-large',
        413,
        gateway.call('POST', claims, { raw: JSON.stringify({ text: 'x'.repeat(3000) }) }),
      ],
    ];
    for (const [name, status, asked] of cases) {
      const answer = await asked;
      expect([name, answer.status, answer.headers.get('content-type')]).toEqual([
        name,
        status,
        'application/problem+json',
      ]);
      expect(answer.body).toMatchObject({
        type: `urn:aika:problem:${name}`,
        status,
        detail: expect.any(String),
      });
      expect(answer.headers.get('traceparent')).toContain(answer.body?.['traceId'] as string);
    }
  });

  it('says which methods an address takes', async () => {
    const answer = await gateway.call('DELETE', '/v1/claims/clm-1/withdrawal');
    expect(answer.headers.get('allow')).toBe('POST');
  });

  it('never repeats what a body says', async () => {
    const raw = '{"customerId": "Ada Lovelace of London", broken';
    expect((await gateway.call('POST', '/v1/claims', { raw })).text).not.toContain('Ada');
    const body = { ...FileClaim.example, cause: 'Ada Lovelace', customerId: 'Ada Lovelace' };
    const { status, text } = await gateway.call('POST', '/v1/claims', { body });
    expect(status).toBe(400);
    expect(text).not.toContain('Ada');
  });

  it("goes on with the caller's trace, and begins one where there is none that is valid", async () => {
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const own = await gateway.call('GET', '/nowhere', { headers: { traceparent } });
    expect(own.body?.['traceId']).toBe(traceId);
    expect(own.headers.get('traceparent')).toMatch(
      new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`),
    );
    const zero = `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`;
    const other = await gateway.call('GET', '/nowhere', { headers: { traceparent: zero } });
    expect(other.body?.['traceId']).toMatch(/^(?!0{32})[0-9a-f]{32}$/);
  });

  it('sends the headers that keep browsers safe, and lets in the pages of its setting only', async () => {
    const own = await gateway.call('GET', '/health/live', { headers: { origin: 'https://console.example' } });
    expect(own.headers.get('access-control-allow-origin')).toBe('https://console.example');
    expect(own.headers.get('x-content-type-options')).toBe('nosniff');
    expect(own.headers.get('x-powered-by')).toBeNull();
    const other = await gateway.call('GET', '/health/live', { headers: { origin: 'https://evil.example' } });
    expect(other.headers.get('access-control-allow-origin')).not.toBe('https://evil.example');
  });

  it('answers what is no HTTP with a problem too', async () => {
    const { port } = new URL(gateway.url);
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('NONSENSE\r\n\r\n'));
      let got = '';
      socket.on('data', (chunk) => (got += chunk.toString()));
      socket.on('end', () => resolve(got));
      socket.on('error', reject);
    });
    expect(text).toContain('content-type: application/problem+json');
    expect(JSON.parse(text.slice(text.indexOf('{')))).toMatchObject({
      type: 'urn:aika:problem:bad-request',
      status: 400,
    });
  });
});

describe('the rate limit', () => {
  it('refuses what comes above it, and says when to try again', async () => {
    const gateway = await TestGateway.start({ env: { AIKA_RATE_LIMIT: '3' } });
    const answers = await Promise.all(Array.from({ length: 8 }, () => gateway.call('GET', '/nowhere')));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(2);
    expect(refused[0]?.headers.get('retry-after')).toBe('1');
    expect(refused[0]?.body).toMatchObject({ type: 'urn:aika:problem:too-many-requests' });
    expect((await gateway.call('GET', '/health/live')).status).toBe(200);
    await gateway.close();
  });
});
