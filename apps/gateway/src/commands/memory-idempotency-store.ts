import {
  type Claim,
  type IdempotencyStore,
  KEY_LIFETIME_MS,
  type KeptAnswer,
  type KeyedRequest,
} from './idempotency.js';

interface Kept extends KeyedRequest {
  readonly at: number;
  answer?: KeptAnswer;
}

/** For specs: forgets with its process. */
export class MemoryIdempotencyStore implements IdempotencyStore {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly clock: () => number = Date.now) {}

  claim(request: KeyedRequest): Promise<Claim> {
    const known = this.kept.get(request.key);
    if (known === undefined || known.at <= this.clock() - KEY_LIFETIME_MS) {
      this.kept.set(request.key, { ...request, at: this.clock() });
      return Promise.resolve({ kind: 'first' });
    }
    if (known.digest !== request.digest) return Promise.resolve({ kind: 'other' });
    const { answer } = known;
    return Promise.resolve(answer ? { kind: 'answered', answer } : { kind: 'unfinished' });
  }

  keep(key: string, answer: KeptAnswer): Promise<void> {
    const known = this.kept.get(key);
    if (known) known.answer = answer;
    return Promise.resolve();
  }

  prune(): Promise<number> {
    const old = [...this.kept].filter(([, { at }]) => at <= this.clock() - KEY_LIFETIME_MS);
    for (const [key] of old) this.kept.delete(key);
    return Promise.resolve(old.length);
  }
}
