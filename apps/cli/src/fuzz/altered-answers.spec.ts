import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONTROLS, type Control, startAlteringProxy } from './altered-answers.js';

describe('answers that are broken on purpose', () => {
  let api: Server;
  let url: string;
  beforeAll(async () => {
    api = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"customerId":"cust-1"}');
    });
    await new Promise<void>((resolve) => api.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
  });
  afterAll(() => void api.close());

  const expected: Readonly<Record<Control, readonly [number, string, string]>> = {
    body: [200, 'application/json', '{"customer":"cust-1"}'],
    status: [299, 'application/json', '{"customerId":"cust-1"}'],
    type: [200, 'text/plain', '{"customerId":"cust-1"}'],
    error: [500, 'application/json', '{"customerId":"cust-1"}'],
  };

  it.each(Object.keys(CONTROLS) as Control[])('are those of one route, in one way: %s', async (control) => {
    const proxy = await startAlteringProxy(url, control);
    const get = async (path: string) => {
      const answer = await fetch(proxy.url + path);
      return [answer.status, answer.headers.get('content-type'), await answer.text()];
    };
    expect(await get('/v1/claims/clm-1')).toEqual(expected[control]);
    expect(await get('/v1/claims?limit=1')).toEqual([200, 'application/json', '{"customerId":"cust-1"}']);
    await proxy.close();
  });
});
