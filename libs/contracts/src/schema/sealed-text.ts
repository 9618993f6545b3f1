import type { JsonSchema } from './payload-schema.js';

/** What every sealed value begins with; what follows is for who has the keys (`libs/personal-data`). */
export const SEALED_PREFIX = 'aika-sealed.1.';

const SEALED = { type: 'string', pattern: '^aika-sealed\\.1\\.[A-Za-z0-9_.-]+$' } as const;

/**
 * The schema that also takes a sealed text wherever a personal field stands: who has no keys can still read the rest of
 * the message. The published schemas say what is within.
 */
export function takingSealed(schema: JsonSchema): JsonSchema {
  const { properties, definitions } = schema;
  return {
    ...schema,
    ...(properties && {
      properties: mapped(properties, (field) => (isPersonal(field) ? either(field) : field)),
    }),
    ...(definitions && { definitions: mapped(definitions, takingSealed) }),
  };
}

function isPersonal(field: JsonSchema): boolean {
  return field['x-personal'] === true;
}

/** By `if`, so that what is wrong with an open value is told in the words of its own rules. */
function either(field: JsonSchema): JsonSchema {
  return { if: SEALED, then: {}, else: field };
}

function mapped(
  schemas: Readonly<Record<string, JsonSchema>>,
  map: (schema: JsonSchema) => JsonSchema,
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, map(schema)]));
}
