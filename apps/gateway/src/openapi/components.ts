import { type JsonSchema, type PayloadClass, payloadSchema } from '@aika/contracts';

/** A reference to a schema under `#/components/schemas`. */
export interface SchemaRef {
  readonly $ref: string;
}

const PREFIX = '#/components/schemas/';
const components = new Map<string, JsonSchema>();

/**
 * The schema of a decorated class as a component of the OpenAPI document. It is made from the class that checks the
 * values, so the document cannot say something else.
 *
 * @param omit fields that the address gives
 * @param optional fields that need not be said, though the class asks for them: somebody else puts them in
 * @throws Error when two different schemas have the same name
 */
export function schemaOf(
  type: PayloadClass,
  { name = type.name, omit = [], optional = [], example }: ComponentOptions = {},
): SchemaRef {
  const { definitions = {}, ...own } = payloadSchema(type);
  for (const [nested, schema] of Object.entries(definitions)) add(nested, relocated(schema));
  const left = Object.entries(own.properties ?? {}).filter(([field]) => !omit.includes(field));
  const required = (own.required ?? []).filter((field) => ![...omit, ...optional].includes(field));
  const schema = {
    ...own,
    properties: Object.fromEntries(left),
    required,
    ...(example === undefined ? {} : { examples: [without(example, omit)] }),
  };
  if (required.length === 0) delete (schema as { required?: unknown }).required;
  return add(name, relocated(schema));
}

export interface ComponentOptions {
  readonly name?: string;
  readonly omit?: readonly string[];
  readonly optional?: readonly string[];
  readonly example?: object;
}

/** A list of them. */
export function listOf(type: PayloadClass): { readonly type: 'array'; readonly items: SchemaRef } {
  return { type: 'array', items: schemaOf(type) };
}

/** Everything that was asked for so far, by name. */
export function componentSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries([...components].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function add(name: string, schema: JsonSchema): SchemaRef {
  const known = components.get(name);
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
    throw new Error(`Two schemas are called ${name}.`);
  }
  components.set(name, schema);
  return { $ref: PREFIX + name };
}

function relocated(schema: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(schema).replaceAll('#/definitions/', PREFIX)) as JsonSchema;
}

function without(example: object, omit: readonly string[]): object {
  return Object.fromEntries(Object.entries(example).filter(([field]) => !omit.includes(field)));
}
