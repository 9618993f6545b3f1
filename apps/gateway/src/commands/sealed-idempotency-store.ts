import type { Envelope } from '@aika/contracts';
import type { SealedMessages } from '@aika/personal-data';
import type { CommandCarriedOut } from './command-answers.js';
import type { Claim, IdempotencyStore, KeptAnswer, KeyedRequest } from './idempotency.js';

/** A store whose answers are kept sealed: they are kept for a day, and an erasure is to be one at once. */
export class SealedIdempotencyStore implements IdempotencyStore {
  constructor(
    private readonly store: IdempotencyStore,
    private readonly messages: SealedMessages,
  ) {}

  async claim(request: KeyedRequest): Promise<Claim> {
    const claim = await this.store.claim(request);
    if (claim.kind !== 'answered') return claim;
    return { ...claim, answer: await withOutcome(claim.answer, (outcome) => this.messages.open(outcome)) };
  }

  async keep(key: string, answer: KeptAnswer): Promise<void> {
    await this.store.keep(key, await withOutcome(answer, (outcome) => this.messages.seal(outcome)));
  }

  prune(): Promise<number> {
    return this.store.prune();
  }
}

/** The event that is the outcome is the one part of an answer with words of a customer. */
async function withOutcome(
  answer: KeptAnswer,
  map: (outcome: Envelope<object>) => Promise<Envelope<object>>,
): Promise<KeptAnswer> {
  const { outcome } = answer.body as Partial<CommandCarriedOut>;
  return outcome ? { ...answer, body: { ...answer.body, outcome: await map(outcome) } } : answer;
}
