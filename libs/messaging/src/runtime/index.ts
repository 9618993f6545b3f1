export * from './agent-card.js';
export * from './agent-runtime.js';
export { causeChain, DEAD_LETTER_HEADER } from './dead-letter.js';
export { outputId, positionId } from './message-id.js';
export { FORWARDED_HEADER } from './record-intake.js';
export type { OpenCircuit } from './effect-runner.js';
export { type PendingAsk, PENDING_ASKS } from './pending-asks.js';
export * from './runtime-logger.js';
export * from './runtime-options.js';
