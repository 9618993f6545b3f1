import type { ErrorObject } from 'ajv';
import type { Violation } from '../reader/contract-error.js';

/** More than these help nobody, and a record of a million wrong entries must not fill the dead letters. */
const MAX_VIOLATIONS = 20;

/** What ajv found, without the values of texts. `prefix` is the path of what was checked. */
export function violationsOf(errors: readonly ErrorObject[], prefix: string): Violation[] {
  // What is wrong with the value stands beside it: that it is no sealed text either helps nobody.
  const told = errors.filter(({ keyword }) => keyword !== 'if');
  return told.slice(0, MAX_VIOLATIONS).map((error) => violationOf(error, prefix));
}

/** A value as an error may name it: never the content of a text. */
export function describeValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `string of ${value.length} characters`;
  if (Array.isArray(value)) return `array of ${value.length} entries`;
  return 'object';
}

function violationOf(error: ErrorObject, prefix: string): Violation {
  const path = prefix + error.instancePath;
  if (error.keyword === 'required') {
    return {
      path: `${path}/${String(error.params['missingProperty'])}`,
      expected: 'a value',
      found: 'nothing',
    };
  }
  return { path, expected: expectation(error), found: describeValue(error.data) };
}

function expectation({ keyword, params, message, schema }: ErrorObject): string {
  switch (keyword) {
    case 'type':
      return [params['type']].flat().join(' or ');
    case 'enum':
      return `one of ${(params['allowedValues'] as unknown[]).join(', ')}`;
    case 'format':
      return params['format'] === 'date-time'
        ? 'a time such as 2026-01-31T12:00:00Z'
        : String(params['format']);
    case 'pattern':
      return `text like ${String(schema)}`;
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return `${params['comparison']} ${params['limit']}`;
    case 'minLength':
      return `at least ${params['limit']} characters`;
    case 'maxLength':
      return `at most ${params['limit']} characters`;
    default:
      return message ?? keyword;
  }
}
