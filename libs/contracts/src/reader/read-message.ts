import type { Catalogue } from '../catalogue.js';
import { EnvelopeContract } from '../envelope.contract.js';
import type { Envelope } from '../envelope.js';
import type { MessageDefinition } from '../message-definition.js';
import type { CompiledContract } from '../schema/compiled-contract.js';
import { contractOf } from '../schema/compiled-contract.js';
import type { JsonObject } from '../schema/normaliser.js';
import { isJsonObject } from '../schema/normaliser.js';
import { describeValue } from '../schema/violations.js';
import type { Violation } from './contract-error.js';
import { ContractError } from './contract-error.js';
import { envelopeInCamelCase, inCamelCase, mayHaveSnakeCase } from './field-names.js';
import { decode, parseObject } from './json.js';

/** How far a sender's clock may be ahead of the broker's, in milliseconds. */
export const MAX_CLOCK_SKEW_MS = 5 * 60_000;

export interface ReadOptions {
  readonly catalogue: Catalogue;
  /** The record's timestamp, RFC 3339: the present, and the message's time if it has none of its own. */
  readonly receivedAt: string;
  /** Id of a message that has none; to be the same whenever the record is read again. */
  readonly fallbackMessageId?: string;
  readonly limits?: { readonly maxBytes: number };
}

export type ReadResult =
  | { readonly ok: true; readonly envelope: Envelope; readonly definition: MessageDefinition }
  | { readonly ok: false; readonly error: ContractError };

/**
 * Reads a record as a message, as tolerantly as its meaning allows: missing optional fields get their
 * defaults, null in an optional field counts as missing, unknown fields are kept, snake_case names mean
 * their camelCase ones, a time without a zone is UTC, and an old version becomes the newest.
 *
 * Never throws for what a record contains; the error says what is wrong without repeating texts.
 */
export function readMessage(value: Uint8Array | string, options: ReadOptions): ReadResult {
  const text = decode(value, options.limits?.maxBytes);
  if (text instanceof ContractError) return { ok: false, error: text };
  const parsed = parseObject(text);
  if (parsed instanceof ContractError) return { ok: false, error: parsed };
  const isSnakeCase = mayHaveSnakeCase(text);
  const raw = isSnakeCase ? envelopeInCamelCase(parsed) : parsed;
  const error = readEnvelope(raw, options);
  if (error !== undefined) return { ok: false, error };
  return readPayload(raw, isSnakeCase, options);
}

/**
 * Checks the payload of a message that is about to be sent against the newest version. Changes nothing.
 *
 * @returns the broken rules, with paths from the payload; empty = valid.
 */
export function validatePayload(definition: MessageDefinition, payload: unknown): readonly Violation[] {
  return contractOf(definition.payload).check(payload, '');
}

/** Fills in and checks the envelope's own fields, in place. */
function readEnvelope(raw: JsonObject, options: ReadOptions): ContractError | undefined {
  raw['messageId'] ??= options.fallbackMessageId;
  raw['timestamp'] ??= options.receivedAt;
  if (raw['targetAgentId'] === '') raw['targetAgentId'] = null;
  const violations = contractOf(EnvelopeContract).read(raw, '');
  if (violations.length > 0) {
    return new ContractError('NOT_AN_ENVELOPE', summary('The envelope', violations), violations);
  }
  if (raw['messageId'] === undefined) {
    const missing = [{ path: '/messageId', expected: 'a value', found: 'nothing' }];
    return new ContractError('NOT_AN_ENVELOPE', summary('The envelope', missing), missing);
  }
  return undefined;
}

function readPayload(raw: JsonObject, isSnakeCase: boolean, options: ReadOptions): ReadResult {
  const { messageType, schemaVersion, timestamp } = raw as unknown as Envelope;
  const definition = options.catalogue.get(messageType);
  if (definition === undefined) return failure('UNKNOWN_MESSAGE_TYPE', unknownType(messageType));
  if (Date.parse(timestamp) > Date.parse(options.receivedAt) + MAX_CLOCK_SKEW_MS) {
    const message = `The message is dated ${timestamp}, but was received at ${options.receivedAt}.`;
    return failure('TIMESTAMP_IN_FUTURE', message);
  }
  if (schemaVersion > definition.version) {
    const message = `${messageType} is known up to version ${definition.version}, not ${schemaVersion}.`;
    return failure('UNSUPPORTED_VERSION', message);
  }
  const error =
    schemaVersion === definition.version
      ? readVersion(raw, contractOf(definition.payload), isSnakeCase, messageType)
      : upcast(raw, definition, schemaVersion, isSnakeCase);
  if (error !== undefined) return { ok: false, error };
  return { ok: true, envelope: raw as unknown as Envelope, definition };
}

/** Reads the payload by one version's contract, in place. */
function readVersion(
  raw: JsonObject,
  contract: CompiledContract,
  isSnakeCase: boolean,
  messageType: string,
): ContractError | undefined {
  if (isSnakeCase) raw['payload'] = inCamelCase(raw['payload'], contract.mapFields);
  const violations = contract.read(raw['payload'] as JsonObject, '/payload');
  if (violations.length === 0) return undefined;
  return new ContractError('INVALID_PAYLOAD', summary(messageType, violations), violations);
}

/** Reads the payload by its own version's contract, then brings it to the newest, step by step. */
function upcast(
  raw: JsonObject,
  definition: MessageDefinition,
  version: number,
  isSnakeCase: boolean,
): ContractError | undefined {
  const steps = definition.previousVersions.slice(version - 1);
  const [first] = steps;
  if (first === undefined) throw new Error(`${definition.type} has no version ${version}.`);
  const error = readVersion(raw, contractOf(first.payload), isSnakeCase, definition.type);
  if (error !== undefined) return error;
  try {
    raw['payload'] = steps.reduce((payload, step) => step.upcast(payload), raw['payload'] as object);
  } catch (cause) {
    const message = `${definition.type} version ${version} could not be brought to ${definition.version}.`;
    return new ContractError('UPCAST_FAILED', message, [], { cause });
  }
  raw['schemaVersion'] = definition.version;
  if (!isJsonObject(raw['payload'])) {
    const found = describeValue(raw['payload']);
    return new ContractError('UPCAST_FAILED', `${definition.type}: an upcast made ${found} of a payload.`);
  }
  return readVersion(raw, contractOf(definition.payload), false, definition.type);
}

function failure(code: ContractError['code'], message: string): ReadResult {
  return { ok: false, error: new ContractError(code, message) };
}

function unknownType(messageType: string): string {
  // Only what looks like a type is repeated: anything else might be somebody's data in the wrong field.
  const isTypeLike = /^[A-Z][A-Z0-9_]*$/.test(messageType);
  return `Unknown message type: ${isTypeLike ? messageType : describeValue(messageType)}.`;
}

function summary(subject: string, violations: readonly Violation[]): string {
  const rules = violations.map(
    ({ path, expected, found }) => `${path}: expected ${expected}, found ${found}`,
  );
  return `${subject} breaks its contract: ${rules.join('; ')}.`;
}
