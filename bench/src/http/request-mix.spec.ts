import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@aika/testing';
import { isWriteKind, RequestMix } from './request-mix.js';

const people = [
  { customerId: 'c-1', policyId: 'p-1', claimId: 'k-1', conversationId: 'v-1' },
  { customerId: 'c-2', policyId: 'p-2' },
];

function drawn(of: 'read' | 'workflow' | 'light', count: number, seed = 1) {
  const mix = new RequestMix(people, seededRandom(seed));
  return Array.from({ length: count }, () => mix.next(of));
}

describe('the mix of the load', () => {
  it('is the same for the same seed', () => {
    expect(drawn('read', 50)).toEqual(drawn('read', 50));
    expect(drawn('read', 50)).not.toEqual(drawn('read', 50, 2));
  });

  it('reads every kind of resource, and only what is there', () => {
    const requests = drawn('read', 3000);
    const kinds = new Set(requests.map(({ kind }) => kind));
    expect(kinds.size).toBe(15);
    expect(requests.every(({ method, body }) => method === 'GET' && body === undefined)).toBe(true);
    const claims = requests.filter(({ kind }) => kind === 'claim').map(({ path }) => path);
    expect(new Set(claims)).toEqual(new Set(['/v1/claims/k-1']));
  });

  it('goes on with the page that the one before has named', () => {
    const mix = new RequestMix(people, () => 0.91);
    expect(mix.next('read').path).toBe('/v1/policies?limit=20');
    mix.turned('abc');
    expect(mix.next('read').path).toBe('/v1/policies?limit=20&cursor=abc');
  });

  it('has no name for a read that is also one of a write: their latencies are told apart by it', () => {
    const isWrite = (of: 'read' | 'workflow' | 'light') =>
      drawn(of, 500).map(({ kind }) => isWriteKind(kind));
    expect(isWrite('read')).not.toContain(true);
    expect([...isWrite('workflow'), ...isWrite('light')]).not.toContain(false);
  });

  it('starts workflows with quotes and claims in like numbers', () => {
    const requests = drawn('workflow', 1000);
    const quotes = requests.filter(({ path }) => path === '/v1/quotes').length;
    expect(quotes).toBeGreaterThan(400);
    expect(quotes).toBeLessThan(600);
    expect(requests.every(({ path }) => path === '/v1/quotes' || path === '/v1/claims')).toBe(true);
  });

  it('never asks for the preferences that the customer has', () => {
    const bodies = drawn('light', 500).filter(({ kind }) => kind === 'set-preferences');
    const texts = bodies.map(({ path, body }) => `${path} ${JSON.stringify(body)}`);
    expect(new Set(texts).size).toBe(texts.length);
  });
});
