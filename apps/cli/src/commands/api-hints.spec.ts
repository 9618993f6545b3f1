import { describe, expect, it } from '@jest/globals';
import { apiHints, apiHintsText } from './api-hints.js';

const OPTIONS = {
  gatewayUrl: 'http://127.0.0.1:4100',
  customerId: 'cust-1',
  claimId: 'clm-1',
  idempotencyKey: 'quote-1',
};

describe('the lines for a shell', () => {
  const lines = apiHints(OPTIONS).map(({ line }) => line);

  it('ask, read and follow where the gateway is', () => {
    expect(lines).toEqual([
      expect.stringMatching(/^curl .*http:\/\/127\.0\.0\.1:4100\/v1\/quotes .*idempotency-key: quote-1'/),
      expect.stringMatching(/^curl .*http:\/\/127\.0\.0\.1:4100\/v1\/claims\/clm-1$/),
      expect.stringMatching(/^curl .*'http:\/\/127\.0\.0\.1:4100\/v1\/stream\?customer=cust-1'$/),
    ]);
  });

  it('show who it is, where the gateway asks that', () => {
    for (const { line } of apiHints({ ...OPTIONS, login: "-H '@/x/curl-header' " })) {
      expect(line).toContain(" -H '@/x/curl-header' ");
    }
    expect(lines.join()).not.toContain('@');
  });

  it('are one line each, and the only ones of the text that begin with curl', () => {
    const text = apiHintsText(OPTIONS);
    expect(
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line.startsWith('curl')),
    ).toEqual(lines);
    expect(text).toContain('http://127.0.0.1:4100/docs');
  });

  it('send JSON in single quotes, so that a shell changes nothing in it', () => {
    const [, body = ''] = / -d '([^']+)'$/.exec(lines[0] ?? '') ?? [];
    expect(JSON.parse(body)).toMatchObject({ customerId: 'cust-1', motor: { driverAge: 41 } });
  });
});
