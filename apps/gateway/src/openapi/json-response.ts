import { ApiResponse } from '@nestjs/swagger';
import type { PayloadClass } from '@aika/contracts';
import { schemaOf } from './components.js';

export interface JsonResponse {
  readonly status?: number;
  readonly description: string;
  readonly example?: object | undefined;
  /** Names of headers with what they say. */
  readonly headers?: Readonly<Record<string, string>>;
}

const examples: { readonly type: PayloadClass; readonly example: object | undefined }[] = [];

/** Every answer that is in the document, with its example. */
export function documentedAnswers(): typeof examples {
  return examples;
}

/** A success with a body of this class, and the headers that every answer has. */
export function ApiJson(type: PayloadClass, response: JsonResponse): MethodDecorator {
  const { status = 200, description, example, headers = {} } = response;
  const all = Object.entries({ traceparent: 'W3C trace context.', ...headers }).map(
    ([name, says]) => [name, { description: says, schema: { type: 'string' as const } }] as const,
  );
  examples.push({ type, example });
  const shown = example === undefined ? {} : { examples: { example: { value: example } } };
  return ApiResponse({
    status,
    description,
    headers: Object.fromEntries(all),
    content: { 'application/json': { schema: schemaOf(type), ...shown } },
  });
}
