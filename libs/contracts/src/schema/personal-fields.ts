import type { PayloadClass } from '../message-definition.js';
import { camelCase } from '../reader/field-names.js';
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

/** What becomes of a personal value. `field` is undefined for one that the contract does not know; undefined = left out. */
export type MapPersonal = (value: unknown, field: JsonSchema | undefined) => unknown;

/**
 * The value with `MASKED` in place of every field that its class marks personal, whatever is in it, and of every field
 * that the class does not know: nobody has said what is in those. The value itself is not changed.
 */
export function withoutPersonal(payload: PayloadClass, value: unknown): unknown {
  return mapPersonal(payload, value, () => MASKED);
}

/**
 * The value with another in place of each field that its class marks personal or does not know. Fields in snake_case
 * count as the ones that a reader takes them for. The value itself is not changed.
 */
export function mapPersonal(payload: PayloadClass, value: unknown, map: MapPersonal): unknown {
  const { schema } = contractOf(payload);
  return mapped(schema, value, { root: schema, map });
}

interface Walk {
  readonly root: JsonSchema;
  readonly map: MapPersonal;
}

function mapped(schema: JsonSchema, value: unknown, walk: Walk): unknown {
  if (schema['x-personal'] === true) return walk.map(value, schema);
  const { properties, items } = resolveRef(schema, walk.root);
  if (Array.isArray(value)) {
    return items === undefined ? value : value.map((entry: unknown) => mapped(items, entry, walk));
  }
  if (!isJsonObject(value) || properties === undefined) return value;
  const fields = Object.entries(value).map(([name, field]) => {
    const property = propertyOf(properties, name);
    return [
      name,
      property === undefined ? walk.map(field, undefined) : mapped(property, field, walk),
    ] as const;
  });
  return Object.fromEntries(fields.filter(([, field]) => field !== undefined));
}

function propertyOf(properties: Readonly<Record<string, JsonSchema>>, name: string): JsonSchema | undefined {
  const known = Object.hasOwn(properties, name) ? name : camelCase(name);
  return Object.hasOwn(properties, known) ? properties[known] : undefined;
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
