import type { JsonSchema } from './payload-schema.js';
import { resolveRef } from './payload-schema.js';
import { toUtcTime } from './time.js';

/** An object that came from JSON and that the reader owns, so that it may be changed in place. */
export type JsonObject = Record<string, unknown>;

/** Puts the values of one object into their normal form, in place. */
export type Normalise = (value: JsonObject) => void;

interface Step {
  readonly field: string;
  /** null in an optional field means missing, as many languages write it. */
  readonly dropNull: boolean;
  readonly normaliseValue: ((value: unknown) => unknown) | undefined;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * What a schema check cannot do, made once from the schema: times get their `Z`, and null in an optional
 * field counts as missing. Only fields that need it are visited.
 */
export function normaliserOf(schema: JsonSchema): Normalise {
  return objectNormaliser(schema, schema, new Map());
}

/** Names of the fields whose keys are data: they are no field names, so nobody may rename them. */
export function mapFieldsOf(schema: JsonSchema): ReadonlySet<string> {
  const objects = [schema, ...Object.values(schema.definitions ?? {})];
  const fields = objects.flatMap((object) => Object.entries(object.properties ?? {}));
  return new Set(fields.filter(([, field]) => isMap(field)).map(([name]) => name));
}

function isMap(field: JsonSchema): boolean {
  return field.additionalProperties !== undefined && field.properties === undefined;
}

function objectNormaliser(
  schema: JsonSchema,
  root: JsonSchema,
  known: Map<JsonSchema, Normalise>,
): Normalise {
  const existing = known.get(schema);
  if (existing !== undefined) return existing;
  const steps: Step[] = [];
  const normalise: Normalise = (value) => run(steps, value);
  // Registered before its fields are visited, so that a class may contain itself.
  known.set(schema, normalise);
  for (const [field, property] of Object.entries(schema.properties ?? {})) {
    const isNullable = Array.isArray(property.type) && property.type.includes('null');
    const dropNull = !isNullable && !(schema.required ?? []).includes(field);
    const normaliseValue = valueNormaliser(property, root, known);
    if (dropNull || normaliseValue !== undefined) steps.push({ field, dropNull, normaliseValue });
  }
  return normalise;
}

function valueNormaliser(
  property: JsonSchema,
  root: JsonSchema,
  known: Map<JsonSchema, Normalise>,
): ((value: unknown) => unknown) | undefined {
  const schema = resolveRef(property, root);
  if (schema.format === 'date-time') return (value) => (typeof value === 'string' ? toUtcTime(value) : value);
  if (schema.properties !== undefined) {
    const normalise = objectNormaliser(schema, root, known);
    return (value) => {
      if (isJsonObject(value)) normalise(value);
      return value;
    };
  }
  const normaliseEntry = schema.items && valueNormaliser(schema.items, root, known);
  if (normaliseEntry === undefined) return undefined;
  return (value) => (Array.isArray(value) ? value.map(normaliseEntry) : value);
}

function run(steps: readonly Step[], object: JsonObject): void {
  for (const { field, dropNull, normaliseValue } of steps) {
    const value = object[field];
    if (value === undefined) continue;
    if (value === null) {
      if (dropNull) delete object[field];
      continue;
    }
    if (normaliseValue === undefined) continue;
    const normal = normaliseValue(value);
    if (normal !== value) object[field] = normal;
  }
}
