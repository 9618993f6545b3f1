import { applyDecorators, Get, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import type { PayloadClass } from '@aika/contracts';
import { ReplyInterceptor } from '../commands/reply.interceptor.js';
import { ApiJson } from '../openapi/json-response.js';
import { ApiPathOf, ApiQueryOf } from '../openapi/parameters.js';
import { ApiProblems } from '../openapi/problem-responses.js';
import { READ_EXAMPLES } from './read-examples.js';

const PositionHeader = (): MethodDecorator =>
  ApiHeader({
    name: 'aika-position',
    required: false,
    description: 'Of the answer to a command: the read waits until the views know of it.',
    schema: { type: 'string', maxLength: 500 },
  });

/** A route that reads a list of a view. */
export function ReadsList(
  path: string,
  operationId: string,
  query: PayloadClass,
  answer: PayloadClass,
  summary: string,
) {
  return applyDecorators(
    Get(path),
    ApiOperation({ operationId, summary }),
    ApiQueryOf(query),
    PositionHeader(),
    ApiJson(answer, { description: 'A page.', example: READ_EXAMPLES[operationId] }),
    ApiProblems(),
  );
}

/** A route that reads one resource of a view, with its entity tag. */
export function ReadsOne(
  path: string,
  operationId: string,
  params: PayloadClass,
  answer: PayloadClass,
  summary: string,
) {
  const tag = { type: 'string' as const };
  return applyDecorators(
    Get(path),
    UseInterceptors(ReplyInterceptor),
    ApiOperation({ operationId, summary }),
    ApiPathOf(params, path),
    PositionHeader(),
    ApiHeader({
      name: 'if-none-match',
      required: false,
      description: 'The ETag that the caller has.',
      schema: tag,
    }),
    ApiJson(answer, {
      description: 'As it is now.',
      example: READ_EXAMPLES[operationId],
      headers: { etag: 'Changes with every change.' },
    }),
    ApiResponse({ status: 304, description: 'The caller has it as it is.' }),
    ApiProblems('not-found'),
  );
}
