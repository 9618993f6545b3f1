import type { PayloadClass } from '../message-definition.js';
import { contractOf } from './compiled-contract.js';
import { isJsonObject } from './normaliser.js';
import type { JsonSchema } from './payload-schema.js';
import { resolveRef } from './payload-schema.js';

/** Stands where personal data was. */
export const MASKED = '[masked]';

const known = new WeakMap<PayloadClass, boolean>();

/** Whether any field of the class, or of one within it, is marked personal. */
export function hasPersonalFields(payload: PayloadClass): boolean {
  let has = known.get(payload);
  if (has === undefined) {
    has = JSON.stringify(contractOf(payload).schema).includes('"x-personal":true');
    known.set(payload, has);
  }
  return has;
}

/**
 * The value with `MASKED` in place of every field that its class marks personal, whatever is in it, and of every field
 * that the class does not know: nobody has said what is in those. The value itself is not changed.
 */
export function withoutPersonal(payload: PayloadClass, value: unknown): unknown {
  const { schema } = contractOf(payload);
  return masked(schema, value, schema);
}

function masked(schema: JsonSchema, value: unknown, root: JsonSchema): unknown {
  if (schema['x-personal'] === true) return MASKED;
  const { properties, items } = resolveRef(schema, root);
  if (Array.isArray(value)) {
    return items === undefined ? value : value.map((entry: unknown) => masked(items, entry, root));
  }
  if (!isJsonObject(value) || properties === undefined) return value;
  const fields = Object.entries(value).map(([name, field]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return [name, property === undefined ? MASKED : masked(property, field, root)] as const;
  });
  return Object.fromEntries(fields);
}

/** Names of all fields that any of the classes marks personal, at any depth. */
export function personalFieldNames(payloads: Iterable<PayloadClass>): ReadonlySet<string> {
  const names = new Set<string>();
  for (const payload of payloads) {
    const { schema } = contractOf(payload);
    for (const { properties = {} } of [schema, ...Object.values(schema.definitions ?? {})]) {
      for (const [name, property] of Object.entries(properties)) {
        if (property['x-personal'] === true) names.add(name);
      }
    }
  }
  return names;
}
