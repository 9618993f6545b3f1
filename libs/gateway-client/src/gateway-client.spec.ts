import { describe, expect, it } from '@jest/globals';
import { createGatewayClient, type Login } from './gateway-client.js';

describe('a login of the client', () => {
  const headersOf = async (login?: Login): Promise<Headers[]> => {
    const seen: Headers[] = [];
    const send = (request: Request) => {
      seen.push(request.headers);
      return Promise.resolve(Response.json({ topics: [] }));
    };
    const client = createGatewayClient('http://gateway', send, login);
    await client.GET('/v1/topics');
    await client.GET('/v1/topics');
    return seen;
  };

  it('is shown with every request, a token as it is then', async () => {
    let n = 0;
    const seen = await headersOf({ token: () => Promise.resolve(`t${++n}`) });
    expect(seen.map((headers) => headers.get('authorization'))).toEqual(['Bearer t1', 'Bearer t2']);
    expect((await headersOf({ token: 't' }))[0]?.get('authorization')).toBe('Bearer t');
  });

  it('may be an API key, and none', async () => {
    expect((await headersOf({ apiKey: 'aika_1_2' }))[0]?.get('x-api-key')).toBe('aika_1_2');
    const [none] = await headersOf();
    expect([none?.get('authorization'), none?.get('x-api-key')]).toEqual([null, null]);
  });
});
