import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileClaim, SendConversationMessage } from '@aika/contracts';
import { TestGateway } from '../testing/gateway.fixtures.js';

interface Raw {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Requests as no well-behaved client sends them: each is refused by a problem, none is a fault of the server. */
describe('odd requests', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.close());

  /** Paths and headers as they are: fetch would put them right. */
  const send = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
    new Promise<Raw>((resolve, reject) => {
      const { hostname, port } = new URL(gateway.url);
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const asked = request(
        { hostname, port, method, path, headers: { ...headers, ...length } },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text }));
        },
      );
      asked.once('error', reject);
      asked.end(body);
    });

  const typeOf = ({ text }: Raw): unknown => (JSON.parse(text) as { readonly type: unknown }).type;

  it.each([
    ['an encoded slash in an id', '/v1/claims/a%2Fb', 'invalid-request'],
    ['an encoded NUL in an id', '/v1/claims/a%00b', 'invalid-request'],
    ['half a character in an id', '/v1/claims/%ff', 'bad-request'],
    ['an id of nothing but dots', '/v1/claims/..%2F..', 'invalid-request'],
    ['a NUL in a filter', '/v1/claims?customer=a%00b', 'invalid-request'],
    ['half a character in a filter', '/v1/claims?customer=%ff', 'invalid-request'],
    ['a filter twice', '/v1/claims?customer=a&customer=b', 'invalid-request'],
    ['a filter as an object', '/v1/claims?customer[x]=a', 'invalid-request'],
    ['a filter that is not known', '/v1/claims?custmer=a', 'invalid-request'],
    ['a field of every object as a filter', '/v1/claims?__proto__=a', 'invalid-request'],
    ['the name of every object as a filter', '/v1/claims?constructor=a', 'invalid-request'],
    ['a limit of nothing', '/v1/claims?limit=', 'invalid-request'],
    ['a limit with a fraction', '/v1/claims?limit=1.5', 'invalid-request'],
    ['a limit beyond all numbers', '/v1/claims?limit=99999999999999999999', 'invalid-request'],
    ['a negative limit', '/v1/claims?limit=-1', 'invalid-request'],
    ['a cursor of another list', '/v1/claims?cursor=MTIz', 'invalid-request'],
    ['a cursor that is no text of ours', '/v1/claims?cursor=_', 'invalid-request'],
    ['a cursor of a deep list', `/v1/claims?cursor=${cursor(nested(2000))}`, 'invalid-request'],
    [
      'a cursor to no time',
      `/v1/claims?cursor=${cursor({ time: '0000-13-01T00:00:00Z', id: 'a' })}`,
      'invalid-request',
    ],
    [
      'positions of a topic below zero',
      `/v1/topics/events/messages?cursor=${cursor([-1])}`,
      'invalid-request',
    ],
    [
      'positions of a topic beyond its numbers',
      `/v1/topics/events/messages?cursor=${cursor([1e300])}`,
      'invalid-request',
    ],
    [
      'a position of a conversation below zero',
      `/v1/conversations/c/messages?cursor=${cursor(-1)}`,
      undefined,
    ],
    ['a moment that does not exist', '/v1/claims/clm-1/history?asOf=2026-02-30T00:00:00Z', 'invalid-request'],
    ['a moment in the year 0', '/v1/claims/clm-1/history?asOf=0000-01-01T00:00:00Z', 'invalid-request'],
    ['half a surrogate pair in a code of letters', '/v1/dead-letters?code=%ED%A0%80', undefined],
  ])('with %s are answered', async (_name, path, problem) => {
    const answer = await send('GET', path);
    // Without a database, what is well-formed ends at it.
    const expected = problem === undefined ? [200, 400, 503] : [400];
    expect([answer.status, expected.includes(answer.status)]).toEqual([answer.status, true]);
    if (problem !== undefined) expect(typeOf(answer)).toBe(`urn:aika:problem:${problem}`);
  });

  it.each(['DELETE', 'PATCH', 'PUT', 'TRACE', 'QUERY', 'PROPFIND'])(
    'by a method that no route has say which there are: %s',
    async (method) => {
      const answer = await send(method, '/v1/claims');
      expect([answer.status, answer.headers['allow'], typeOf(answer)]).toEqual([
        405,
        'POST, GET, HEAD',
        'urn:aika:problem:method-not-allowed',
      ]);
    },
  );

  it('by OPTIONS are told the methods of the address', async () => {
    const answer = await send('OPTIONS', '/v1/claims');
    expect(answer.status).toBe(204);
    const methods = String(answer.headers['allow']).split(/,\s*/).sort();
    expect(methods).toEqual(['GET', 'HEAD', 'OPTIONS', 'POST']);
  });

  it('by HEAD are answered as by GET, without a body', async () => {
    const [head, get] = [await send('HEAD', '/v1/topics'), await send('GET', '/v1/topics')];
    expect([head.status, head.text, head.headers['content-type']]).toEqual([
      200,
      '',
      get.headers['content-type'],
    ]);
    const missing = await send('HEAD', '/nowhere');
    expect([missing.status, missing.text]).toEqual([404, '']);
  });

  it.each([
    ['text/json', 415],
    ['application/json; charset=latin1', 202],
    ['APPLICATION/JSON', 202],
    ['application/merge-patch+json', 202],
    ['application/json, text/plain', 415],
    ['*/*', 415],
    ['', 415],
  ])('with the media type "%s" of a body are %i', async (type, status) => {
    const body = JSON.stringify(FileClaim.example);
    expect((await send('POST', '/v1/claims', { 'content-type': type }, body)).status).toBe(status);
  });

  it.each([
    ['aika-position', '\u00ff\u00fe', 400],
    ['idempotency-key', 'a b', 400],
    ['idempotency-key', 'ä', 400],
    ['aika-conversation', '../x', 400],
    ['aika-priority', 'URGENT', 400],
    ['prefer', 'wait=-1, wait=NaN, wait="', 202],
    ['prefer', `${'wait=1;'.repeat(50)}`, 202],
    ['traceparent', '00-zz', 202],
  ])('with the header %s: %j are %i', async (name, value, status) => {
    const isRead = name === 'aika-position';
    const headers = { 'content-type': 'application/json', [name]: value };
    const answer = isRead
      ? await send('GET', '/v1/claims', { [name]: value })
      : await send('POST', '/v1/claims', headers, JSON.stringify(FileClaim.example));
    expect([answer.status, answer.text]).toEqual([status, expect.any(String)]);
  });

  it('with a header that is longer than the server takes get a problem', async () => {
    const answer = await send('GET', '/v1/topics', { 'if-none-match': 'x'.repeat(20_000) });
    expect([answer.status, typeOf(answer)]).toEqual([431, 'urn:aika:problem:headers-too-large']);
  });

  it('with fields that only look like those of every object stay what they are', async () => {
    const raw = `{"__proto__":{"customerId":"x"},"constructor":1,"toString":null,${JSON.stringify(FileClaim.example).slice(1)}`;
    expect((await gateway.call('POST', '/v1/claims', { raw })).status).toBe(202);
  });

  it('with numbers beyond what is exact are refused', async () => {
    for (const amount of ['1e400', '9007199254740993', '-0.5', '1e-400']) {
      const raw = JSON.stringify(FileClaim.example).replace(/"amount":\d+/, `"amount":${amount}`);
      const { status } = await gateway.call('POST', '/v1/claims', { raw });
      // 1e-400 is 0, as JSON readers have it.
      expect([amount, status]).toEqual([amount, amount === '1e-400' ? 202 : 400]);
    }
  });
});

describe('texts that a database does not take', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await TestGateway.start();
  });
  afterAll(() => gateway.close());

  it.each([
    ['NUL', 'a\u0000b'],
    ['half a surrogate pair', 'a\ud800b'],
  ])('are taken and sent: %s', async (_name, text) => {
    const { customerId } = SendConversationMessage.example;
    const answer = await gateway.call('POST', '/v1/conversations/conv-odd/messages', {
      body: { customerId, text },
    });
    expect(answer.status).toBe(202);
  });
});

function cursor(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let n = 0; n < depth; n++) value = [value];
  return value;
}
