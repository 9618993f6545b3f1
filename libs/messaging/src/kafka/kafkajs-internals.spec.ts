import { createRequire } from 'node:module';

import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { guarded } from './kafkajs-internals.js';

const load = createRequire(import.meta.url);

describe('the inside of kafkajs', () => {
  it('is used in the one version that was read', () => {
    expect(guarded(load)('kafkajs/package.json')).toMatchObject({ version: '2.2.4' });
    expect(load('../../package.json')).toMatchObject({ dependencies: { kafkajs: '2.2.4' } });
  });

  it('is not touched in any other version, and the error says what to do', () => {
    const touched: string[] = [];
    const other = (path: string): unknown => {
      touched.push(path);
      return { version: '2.2.5' };
    };
    expect(() => guarded(other)).toThrow(/kafkajs 2\.2\.5 is installed.*Pin it/);
    expect(touched).toEqual(['kafkajs/package.json']);
  });
});

describe("kafkajs' request queue", () => {
  const { prototype } = load('kafkajs/src/network/requestQueue') as {
    prototype: { scheduleCheckPendingRequests(this: unknown): void };
  };
  afterEach(() => {
    jest.restoreAllMocks();
  });

  it('arms no timer when nothing waits, and never one of negative length', () => {
    const delays: (number | undefined)[] = [];
    jest.spyOn(globalThis, 'setTimeout').mockImplementation(((_: unknown, ms?: number) => {
      delays.push(ms);
      return 1;
    }) as unknown as typeof setTimeout);
    const queue = { throttleCheckTimeoutId: null, throttledUntil: -1, checkPendingRequests: () => undefined };
    prototype.scheduleCheckPendingRequests.call({ ...queue, pending: [] });
    expect(delays).toEqual([]);
    prototype.scheduleCheckPendingRequests.call({ ...queue, pending: [{}] });
    expect(delays).toEqual([10]);
  });
});
