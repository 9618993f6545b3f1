import { describeIdempotencyStore } from './idempotency-store.suite.js';
import { MemoryIdempotencyStore } from './memory-idempotency-store.js';

describeIdempotencyStore('memory', () => {
  let now = Date.now();
  const store = new MemoryIdempotencyStore(() => now);
  return { store, advance: (ms) => (now += ms) };
});
