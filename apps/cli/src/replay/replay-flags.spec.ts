import { describe, expect, it } from '@jest/globals';
import { agentApp } from './agent-to-replay.js';
import { replaySettings } from './replay-flags.js';

const flags = { from: 'start', environment: 'laptop', limit: '20' };

describe('the flags of a replay', () => {
  it('mean the whole history when none is given', () => {
    expect(JSON.parse(JSON.stringify(replaySettings(flags, 1000)))).toEqual({
      limit: 20,
      uncompactedMs: 1000,
    });
  });

  it('choose a part of it', () => {
    const chosen = {
      from: 'commands/1@7',
      until: '2026-03-01T09:00:00Z',
      customer: 'cust-1',
      namespace: 'again',
    };
    expect(replaySettings({ ...flags, ...chosen }, 0)).toMatchObject({
      from: 'commands/1@7',
      until: '2026-03-01T09:00:00Z',
      customerId: 'cust-1',
      writeTo: 'again',
    });
  });

  it.each([
    [{ from: 'yesterday at noon' }, /--from: "yesterday at noon" is neither/],
    [{ until: '2026-03-01' }, /--until/],
    [{ limit: 'all' }, /--limit/],
    [{ namespace: 'No Such' }, /--namespace/],
  ])('are refused by name: %j', (change, message) => {
    expect(() => replaySettings({ ...flags, ...change }, 0)).toThrow(message);
  });

  it('name an agent of the system', () => {
    expect([agentApp('claims'), agentApp('claims-agent')]).toEqual(['claims-agent', 'claims-agent']);
    expect(() => agentApp('clams')).toThrow('there are risk, policy, claims, customer');
  });
});
