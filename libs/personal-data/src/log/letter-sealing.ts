import type { MessageSealing } from './message-sealing.js';
import { hasPersonal, type Headers, type RoughMessage, sealPayload } from './message-sealing.js';
import { NOBODY, type SealPlan } from './seal-plan.js';

const ENVELOPE = new Set([
  'messageId',
  'timestamp',
  'sourceAgentId',
  'targetAgentId',
  'messageType',
  'priority',
  'schemaVersion',
  'payload',
  'metadata',
]);

/**
 * Dead letters hold what somebody sent by mistake: only what a contract knows, and does not mark, stays open. What cannot
 * be told apart is sealed whole.
 */
export function letterPlan(
  value: Buffer,
  key: string | undefined,
  headers: Headers,
  messages: MessageSealing,
): SealPlan | undefined {
  const message = messages.read(value.toString(), headers);
  if (!message || !isKnown(message)) {
    const owner = key ?? NOBODY;
    return { customerId: owner, isGuess: true, apply: (sealer) => sealer.sealBytes(value) };
  }
  const { contract, payload, json, customerId } = message;
  if (!contract || !hasPersonal(contract, payload)) return undefined;
  return {
    customerId: customerId ?? key ?? NOBODY,
    ...(customerId === undefined ? { isGuess: true } : {}),
    apply: (sealer) => JSON.stringify({ ...json, payload: sealPayload(contract, payload, sealer) }),
  };
}

function isKnown({ contract, json }: RoughMessage): boolean {
  return contract !== undefined && Object.keys(json).every((name) => ENVELOPE.has(name));
}
