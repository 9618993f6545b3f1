import type { JsonObject } from '../schema/normaliser.js';
import { isJsonObject } from '../schema/normaliser.js';

const SNAKE_KEY_IN_JSON = /"[a-z][A-Za-z0-9]*_[A-Za-z0-9_]*"\s*:/;
const SNAKE_KEY = /^[a-z][A-Za-z0-9]*(?:_+[A-Za-z0-9]+)+_*$/;
const UNDERSCORES = /_+([A-Za-z0-9])?/g;
const NO_FIELDS: ReadonlySet<string> = new Set();

/** Whether the JSON text may contain a snake_case field name; a cheap test that spares most messages. */
export function mayHaveSnakeCase(json: string): boolean {
  return SNAKE_KEY_IN_JSON.test(json);
}

/**
 * The envelope with the camelCase names of its fields, of its metadata and of unknown fields. The payload
 * is left for later: which of its objects are maps is known only once its type is.
 */
export function envelopeInCamelCase(raw: JsonObject): JsonObject {
  return renamed(raw, (key, value) => (key === 'payload' ? value : inCamelCase(value, NO_FIELDS)));
}

/** The value with the camelCase names of its fields at every depth, but for the keys of `mapFields`. */
export function inCamelCase(value: unknown, mapFields: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => inCamelCase(entry, mapFields));
  if (!isJsonObject(value)) return value;
  return renamed(value, (key, entry) => (mapFields.has(key) ? entry : inCamelCase(entry, mapFields)));
}

/**
 * The object with the camelCase names of its own fields, as a reader of messages takes them: what looks at a field
 * before the reader does has to look at what the reader will see.
 */
export function ownFieldsInCamelCase(object: JsonObject): JsonObject {
  return renamed(object, (_key, value) => value);
}

function renamed(object: JsonObject, convert: (key: string, value: unknown) => unknown): JsonObject {
  const result: JsonObject = {};
  for (const key of Object.keys(object)) {
    const name = camelCase(key);
    // Where a sender gives both spellings, the documented one is meant.
    if (name !== key && Object.hasOwn(object, name)) continue;
    // Assigning __proto__ would change the object's prototype instead of adding a field.
    if (name === '__proto__') continue;
    result[name] = convert(name, object[key]);
  }
  return result;
}

/** Field names are few and come again with every message; a sender of ever new ones cannot fill the memory. */
const MAX_REMEMBERED = 5_000;
const MAX_REMEMBERED_LENGTH = 60;
const remembered = new Map<string, string>();

/** The name that a reader takes a field's name for. */
export function camelCase(key: string): string {
  if (!key.includes('_')) return key;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const name = SNAKE_KEY.test(key)
    ? key.replace(UNDERSCORES, (_, letter: string | undefined) => letter?.toUpperCase() ?? '')
    : key;
  if (remembered.size < MAX_REMEMBERED && key.length <= MAX_REMEMBERED_LENGTH) remembered.set(key, name);
  return name;
}
