import type { Request } from 'express';
import {
  type Catalogue,
  contractOf,
  type JsonSchema,
  type MessageDefinition,
  type PayloadClass,
  readMessage,
  type Violation,
} from '@aika/contracts';
import { ProblemError, rejectViolations } from './problem.js';

const READING_ID = 'msg-reading';

/**
 * Reads a payload as the agents will: by the contract's own reader, so that what is accepted here is accepted there.
 * What the address says is part of it, and the body may repeat but not contradict it.
 *
 * @throws ProblemError `invalid-request` with every violation
 */
export function readPayload(
  catalogue: Catalogue,
  definition: MessageDefinition,
  body: unknown,
  address: Readonly<Record<string, string>>,
): Record<string, unknown> {
  if (body === undefined) rejectViolations([{ path: '', expected: 'a JSON object', found: 'nothing' }]);
  const contradictions = Object.entries(address).flatMap(([name, value]): Violation[] => {
    const given = (body as Record<string, unknown>)[name];
    if (given === undefined || given === value) return [];
    return [{ path: `/${name}`, expected: 'the same as in the address', found: 'another value' }];
  });
  const now = new Date().toISOString();
  const text = JSON.stringify({
    messageId: READING_ID,
    timestamp: now,
    messageType: definition.type,
    schemaVersion: definition.version,
    payload: { ...(body as object), ...address },
  });
  const read = readMessage(text, { catalogue, receivedAt: now });
  if (read.ok && contradictions.length === 0) return read.envelope.payload;
  if (!read.ok && read.error.violations.length === 0) throw read.error;
  const broken = read.ok ? [] : read.error.violations.map(fromPayload);
  rejectViolations([...contradictions, ...broken]);
  throw new ProblemError('internal-error', 'A violation was not told.');
}

function fromPayload({ path, ...rest }: Violation): Violation {
  return { path: path.replace(/^\/payload/, ''), ...rest };
}

/**
 * The query's parameters as the class says, texts made into numbers and flags where it has these. An unknown
 * parameter is a violation: a misspelt filter would show everything.
 *
 * @throws ProblemError `invalid-request` with every violation
 */
export function readQuery<P extends object>(type: PayloadClass<P>, query: Request['query']): P {
  return readTexts(type, query, '?', true);
}

/** The address' parameters as the class says. @throws ProblemError `invalid-request` with every violation */
export function readParams<P extends object>(type: PayloadClass<P>, params: Request['params']): P {
  return readTexts(type, params, '/', false);
}

function readTexts<P extends object>(
  type: PayloadClass<P>,
  texts: Readonly<Record<string, unknown>>,
  prefix: '?' | '/',
  isClosed: boolean,
): P {
  const contract = contractOf(type);
  const known = contract.schema.properties ?? {};
  const values: Record<string, unknown> = {};
  const unknown: Violation[] = [];
  for (const [name, value] of Object.entries(texts)) {
    // Own fields only: `?constructor=` names something in every object.
    const schema = Object.hasOwn(known, name) ? known[name] : undefined;
    if (schema !== undefined) values[name] = valueOf(value, schema);
    else if (isClosed) unknown.push({ path: `?${name}`, expected: `one of ${names(known)}`, found: 'it' });
  }
  const violations = contract.read(values, '');
  rejectViolations([
    ...unknown,
    ...violations.map(({ path, ...rest }) => ({ path: `${prefix}${path.slice(1)}`, ...rest })),
  ]);
  return values as P;
}

function names(known: Readonly<Record<string, unknown>>): string {
  return Object.keys(known).join(', ') || 'no parameters';
}

function valueOf(value: unknown, { type }: JsonSchema): unknown {
  if (type === 'array') return typeof value === 'string' ? value.split(',') : value;
  if (typeof value !== 'string') return value;
  if ((type === 'integer' || type === 'number') && /^-?\d{1,16}(\.\d+)?$/.test(value)) return Number(value);
  if (type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}
