import type { MetadataStorage } from 'class-transformer/types/MetadataStorage.js';
// @ts-expect-error -- class-transformer exports its storage from this file only, without types beside it.
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { targetConstructorToSchema } from 'class-validator-jsonschema';
import type { PayloadClass } from '../message-definition.js';
import { DATE_RULE, STRING_MAP_RULE, UTC_TIME_RULE } from './field.decorators.js';

/** The part of JSON Schema (draft 7) that payload classes come out as. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
  readonly definitions?: Readonly<Record<string, JsonSchema>>;
  readonly [keyword: string]: unknown;
}

const DEFINITIONS = '#/definitions/';
const nestedTypes = defaultMetadataStorage as MetadataStorage;
const converters = {
  // The library's own converters of these two say `number`, which would overrule `integer` and let 1.5 through.
  min: (meta: { constraints?: unknown[] }) => ({ minimum: Number(meta.constraints?.[0]) }),
  max: (meta: { constraints?: unknown[] }) => ({ maximum: Number(meta.constraints?.[0]) }),
  [UTC_TIME_RULE]: { type: 'string' as const, format: 'date-time' },
  [DATE_RULE]: { type: 'string' as const, format: 'date' },
  [STRING_MAP_RULE]: { type: 'object' as const, additionalProperties: { type: 'string' as const } },
};

/**
 * The JSON Schema of a decorated class, self-contained: classes of its fields stand under `definitions`.
 * Unknown fields are allowed, as a reader keeps them.
 *
 * @throws Error when two different nested classes have the same name.
 */
export function payloadSchema(payload: PayloadClass): JsonSchema {
  const nested = new Map<string, PayloadClass>();
  collectNested(payload, nested);
  const definitions = Object.fromEntries(
    [...nested].sort(([a], [b]) => a.localeCompare(b)).map(([name, type]) => [name, classSchema(type)]),
  );
  return { ...classSchema(payload), ...(nested.size > 0 ? { definitions } : {}) };
}

/** The schema that a `$ref` within `root` stands for, or the schema itself. */
export function resolveRef(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const target = root.definitions?.[schema.$ref.slice(DEFINITIONS.length)];
  if (target === undefined)
    throw new Error(`${schema.$ref} is not defined in ${root.title ?? 'the schema'}.`);
  return target;
}

function classSchema(type: PayloadClass): JsonSchema {
  const schema = targetConstructorToSchema(type, {
    classTransformerMetadataStorage: nestedTypes,
    additionalConverters: converters,
    refPointerPrefix: DEFINITIONS,
  });
  return withoutSiblingTypes(schema as JsonSchema);
}

/** `{ $ref, type: 'object' }` says the same thing twice; the schema that is referred to says it once. */
function withoutSiblingTypes(schema: JsonSchema): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, property]) => {
    const { type: _, ...reference } = property;
    return [name, property.$ref === undefined ? property : reference] as const;
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}

function collectNested(type: PayloadClass, found: Map<string, PayloadClass>): void {
  for (const property of Object.keys(classSchema(type).properties ?? {})) {
    const nested = nestedClass(type, property);
    if (nested === undefined) continue;
    const known = found.get(nested.name);
    if (known !== undefined && known !== nested) {
      throw new Error(`${type.name}: two classes are called ${nested.name}.`);
    }
    if (known === nested) continue;
    found.set(nested.name, nested);
    collectNested(nested, found);
  }
}

/** Class of a nested field, declared by the class itself or by one that it extends. */
function nestedClass(type: PayloadClass, property: string): PayloadClass | undefined {
  const metadata = nestedTypes.findTypeMetadata(type, property);
  return metadata?.typeFunction() as PayloadClass | undefined;
}
