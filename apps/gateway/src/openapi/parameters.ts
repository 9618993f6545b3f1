import { applyDecorators } from '@nestjs/common';
import { ApiHeader, type ApiHeaderOptions, ApiParam, ApiQuery } from '@nestjs/swagger';
import { type JsonSchema, type PayloadClass, payloadSchema } from '@aika/contracts';

type SwaggerSchema = Exclude<NonNullable<ApiHeaderOptions['schema']>, { $ref: string }>;

/** The parameters in a path such as `policies/:policyId`, as the class that reads them says. */
export function ApiPathOf(type: PayloadClass, path: string): MethodDecorator {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
  const fields = fieldsOf(type).filter(({ name }) => names.includes(name));
  return applyDecorators(
    ...fields.map(({ name, schema, description }) => ApiParam({ name, required: true, schema, description })),
  );
}

/** The query's parameters, as the class that reads them says. */
export function ApiQueryOf(type: PayloadClass): MethodDecorator {
  const all = fieldsOf(type).map(({ name, schema, required, description }) =>
    ApiQuery({
      name,
      required,
      schema,
      description,
      ...(schema.type === 'array' ? { style: 'form', explode: false } : {}),
    }),
  );
  return applyDecorators(...all);
}

/** Headers, as the class that reads them says; `names` are those on the wire. */
export function ApiHeadersOf(type: PayloadClass, names: Readonly<Record<string, string>>): MethodDecorator {
  const all = fieldsOf(type).map(({ name, schema, required, description }) =>
    ApiHeader({ name: names[name] ?? name, required, schema, description }),
  );
  return applyDecorators(...all);
}

function fieldsOf(type: PayloadClass) {
  const { properties = {}, required = [] } = payloadSchema(type);
  return Object.entries(properties).map(([name, { description = '', ...schema }]: [string, JsonSchema]) => ({
    name,
    description,
    schema: schema as unknown as SwaggerSchema,
    required: required.includes(name),
  }));
}
