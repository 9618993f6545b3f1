import { describeValue } from '../schema/violations.js';
import type { JsonObject } from '../schema/normaliser.js';
import { isJsonObject } from '../schema/normaliser.js';
import { ContractError } from './contract-error.js';

/** Deeper than any message; far from where JSON.stringify and recursive functions exhaust the stack. */
const MAX_DEPTH = 64;
/** A shorter text cannot nest deep enough to harm, so the depth of most messages is not counted. */
const SHORT = 1000;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The record's value as text, or why it is none. */
export function decode(value: Uint8Array | string, maxBytes: number | undefined): string | ContractError {
  const bytes = typeof value === 'string' ? lowerBound(value, maxBytes) : value.byteLength;
  if (maxBytes !== undefined && bytes > maxBytes) {
    return new ContractError('TOO_LARGE', `The record has ${bytes} bytes; at most ${maxBytes} are allowed.`);
  }
  if (typeof value === 'string') return value;
  try {
    return utf8.decode(value);
  } catch (cause) {
    return new ContractError('NOT_JSON', `The record's ${bytes} bytes are not UTF-8.`, [], { cause });
  }
}

/** The JSON object that the text holds, or why it holds none. */
export function parseObject(text: string, maxDepth = MAX_DEPTH): JsonObject | ContractError {
  if ((text.length > SHORT || maxDepth < MAX_DEPTH) && isTooDeep(text, maxDepth)) {
    return new ContractError('TOO_DEEP', `The record nests deeper than ${maxDepth} levels.`);
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may be personal data.
    return new ContractError('NOT_JSON', `The record's ${text.length} characters are not JSON.`);
  }
  if (isJsonObject(parsed)) return parsed;
  return new ContractError('NOT_AN_ENVELOPE', 'The record is not a JSON object.', [
    { path: '', expected: 'object', found: describeValue(parsed) },
  ]);
}

/** Bytes of the text in UTF-8, counted exactly only where that decides. */
function lowerBound(text: string, maxBytes: number | undefined): number {
  if (maxBytes === undefined || text.length * 3 <= maxBytes) return text.length;
  return new TextEncoder().encode(text).byteLength;
}

function isTooDeep(text: string, maxDepth: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (isInString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) isInString = false;
    } else if (code === 0x22) isInString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > maxDepth) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}
