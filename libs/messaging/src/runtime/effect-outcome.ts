import type { EffectResult } from '../agent/index.js';
import type { OutgoingRecord } from '../ports/index.js';
import { outputId } from './message-id.js';
import type { MessageOutbox } from './message-outbox.js';
import type { EffectEntry } from './partition-state.js';

export interface OutcomeOptions {
  readonly agent: { readonly id: string };
  readonly outbox: MessageOutbox;
  /** Milliseconds since 1970 UTC. */
  readonly clock: () => number;
}

/**
 * The records that an effect's result becomes; their ids derive from its key.
 *
 * @throws TerminalError `INVALID_OUTPUT`, `OUTPUT_TOO_LARGE`
 */
export function outcomeRecords(
  { idempotencyKey, priority, metadata }: EffectEntry,
  { definition, payload }: EffectResult,
  { agent, outbox, clock }: OutcomeOptions,
): readonly OutgoingRecord[] {
  return outbox.records(definition, payload, {
    messageId: outputId(agent.id, idempotencyKey, 'result'),
    timestamp: new Date(clock()).toISOString(),
    targetAgentId: null,
    priority,
    metadata,
  });
}
