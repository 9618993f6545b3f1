export * from './agents.js';
export * from './catalogue.js';
export * from './envelope.js';
export * from './ids.js';
export * from './message-definition.js';
export * from './messages/messages.js';
export * from './messages/payloads.js';
/** Decorators for the payload classes of agents that add their own messages. */
export * as fields from './schema/field.decorators.js';
export * from './topics.js';
export * from './value-types.js';
export * from './headers.js';
export * from './reader/contract-error.js';
export * from './reader/read-message.js';
export { payloadSchema } from './schema/payload-schema.js';
export type { JsonSchema } from './schema/payload-schema.js';
export { isUtcTime, toUtcTime } from './schema/time.js';
