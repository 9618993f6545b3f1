import { MASKED, RegisterCustomer } from '@aika/contracts';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { maskedFields } from './log-masking.js';
import { consoleLogger } from './nest-logger.js';

describe('the fields of a log line', () => {
  it('say nothing personal where a payload is logged by mistake', () => {
    const text = JSON.stringify(maskedFields({ code: 'X', message: { payload: RegisterCustomer.example } }));
    expect(text).toContain('cust-1001');
    expect(text).not.toMatch(/Ada|example\.org|7946|1984/);
  });

  it('say no secret, in any spelling', () => {
    const secrets = {
      Authorization: 'x',
      'x-api-key': 'x',
      access_token: 'x',
      databaseUrl: 'x',
      full_name: 'x',
    };
    expect(maskedFields({ list: [secrets] })).toEqual({
      list: [Object.fromEntries(Object.keys(secrets).map((name) => [name, MASKED]))],
    });
  });

  it('stay as they are otherwise', () => {
    const fields = { topic: 'aika.events', partition: 3, at: new Date(0), error: new Error('x'), none: null };
    expect(maskedFields(fields)).toEqual(fields);
  });

  it('end where they nest too deep, or in a circle', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(JSON.stringify(maskedFields(circle))).toContain(MASKED);
  });
});

describe('the logger', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it.each(['json', 'text'] as const)('masks them in %s', (logFormat) => {
    const lines: string[] = [];
    jest.spyOn(process.stdout, 'write').mockImplementation((line) => (lines.push(String(line)), true));
    const logger = consoleLogger({ logFormat, logLevel: 'info' });
    logger.warn('refused', { fullName: 'Ada', code: 'X1', token: 'abc' });
    logger.log({ email: 'ada@example.org', code: 'X2' });
    jest.restoreAllMocks();
    expect(lines.join('')).toMatch(/X1[\s\S]*X2/);
    expect(lines.join('')).not.toMatch(/Ada|ada@|abc/);
  });
});
