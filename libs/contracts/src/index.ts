export * from './agents.js';
export * from './audit-mark.js';
export * from './catalogue.js';
export * from './envelope.js';
export * from './identity-task.js';
export * from './ids.js';
export * from './message-definition.js';
export * from './messages/claims/claim-authority.js';
export * from './messages/claims/claim-information.values.js';
export * from './messages/claims/claim-referral.values.js';
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
export { EnvelopeContract } from './envelope.contract.js';
export { parseObject } from './reader/json.js';
export { type CompiledContract, contractOf } from './schema/compiled-contract.js';
export { ownFieldsInCamelCase } from './reader/field-names.js';
export {
  hasPersonalFields,
  mapPersonal,
  type MapPersonal,
  MASKED,
  personalFieldNames,
  withoutPersonal,
} from './schema/personal-fields.js';
export { SEALED_PREFIX } from './schema/sealed-text.js';
