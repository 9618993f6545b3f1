import { applyDecorators, HttpCode, Patch, Post, Put, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiResponse } from '@nestjs/swagger';
import { EnvelopeContract } from '@aika/contracts';
import { signedFields } from '../identity/access/access-rules.js';
import { schemaOf } from '../openapi/components.js';
import { ApiHeadersOf, ApiPathOf } from '../openapi/parameters.js';
import { ApiBodyProblems, ApiProblemAs } from '../openapi/problem-responses.js';
import { CommandAccepted } from './command-answers.js';
import { COMMAND_HEADER, CommandHeaders, EDGE_COMMAND } from './command-call.js';
import { edgeCommand, type EdgeCommand, type EdgeCommandName } from './command-catalogue.js';
import { ReplyInterceptor } from './reply.interceptor.js';

const METHODS = { POST: Post, PUT: Put, PATCH: Patch } as const;
const MESSAGE_ID = 'msg-6f1c2a';
const SENT_AT = '2026-06-15T08:05:00Z';

export interface CommandRoute {
  readonly method?: keyof typeof METHODS;
  /** Within the controller's own. */
  readonly path: string;
  readonly summary: string;
}

/**
 * A route that takes a command of the edge: reads and answers alike for all of them, and says so in the OpenAPI
 * document. Body and outcome are the payload classes of the message catalogue.
 */
export function TakesCommand(name: EdgeCommandName, route: CommandRoute): MethodDecorator {
  const { method = 'POST', path, summary } = route;
  const edge = edgeCommand(name);
  return (target, key, descriptor) => {
    const base = Reflect.getMetadata('path', target.constructor) as string | undefined;
    const full = `${base ?? ''}/${path}`;
    applyDecorators(
      METHODS[method](path),
      HttpCode(202),
      SetMetadata(EDGE_COMMAND, name),
      UseInterceptors(ReplyInterceptor),
      ApiOperation({ operationId: name, summary, description: descriptionOf(edge) }),
      ApiPathOf(edge.command.payload, full),
      ApiHeadersOf(CommandHeaders, COMMAND_HEADER),
      ApiHeader({
        name: 'prefer',
        required: false,
        description: 'RFC 7240: `wait=5` waits so many seconds for the outcome.',
        schema: { type: 'string' },
      }),
      bodyOf(name, edge, full),
      accepted(edge),
      carriedOut(edge),
      ApiBodyProblems('command-rejected', 'idempotency-key-reused', 'precondition-failed'),
      ApiProblemAs(404, 'command-rejected'),
    )(target, key, descriptor);
  };
}

function descriptionOf({ command, outcomes }: EdgeCommand): string {
  const events = outcomes.map(({ type }) => type).join(' or ');
  return `Sends ${command.type}. Its outcome is ${events}, or a refusal.`;
}

function bodyOf(
  name: EdgeCommandName,
  { command, fixed = {}, signed = [] }: EdgeCommand,
  path: string,
): MethodDecorator {
  const address = [...path.matchAll(/:(\w+)/g)].map(([, param]) => param ?? '');
  const omit = [...address, ...Object.keys(fixed), ...signed];
  const schema = schemaOf(command.payload, {
    name: `${capital(name)}Body`,
    omit,
    optional: signedFields(name),
    example: command.example,
  });
  return ApiBody({ required: true, schema });
}

function accepted(edge: EdgeCommand): MethodDecorator {
  return ApiResponse({
    status: 202,
    description: 'The command is durable; where to follow it.',
    headers: {
      ...HEADERS,
      location: header('What the command brings into being or changes.'),
      'aika-position': header('Of the command: a read that is given it knows that it was accepted.'),
    },
    content: json(schemaOf(CommandAccepted), acceptedExample(edge)),
  });
}

function carriedOut(edge: EdgeCommand): MethodDecorator {
  const payloads = edge.outcomes.map(({ payload }) => schemaOf(payload));
  const outcome = {
    allOf: [
      schemaOf(EnvelopeContract, { name: 'Envelope' }),
      {
        type: 'object' as const,
        properties: {
          messageType: { type: 'string' as const, enum: edge.outcomes.map(({ type }) => type) },
          payload: payloads.length === 1 ? payloads[0]! : { anyOf: payloads },
        },
      },
    ],
  };
  const [first] = edge.outcomes;
  const example = {
    ...acceptedExample(edge),
    outcome: {
      messageId: 'msg-91d2',
      timestamp: SENT_AT,
      sourceAgentId: first?.owner,
      targetAgentId: null,
      messageType: first?.type,
      priority: 'NORMAL',
      schemaVersion: first?.version,
      payload: first?.example,
      metadata: { causationId: MESSAGE_ID, requestId: MESSAGE_ID },
    },
  };
  const schema = {
    allOf: [
      schemaOf(CommandAccepted),
      { type: 'object' as const, required: ['outcome'], properties: { outcome } },
    ],
  };
  return ApiResponse({
    status: 200,
    description: 'With `Prefer: wait`: the command was carried out.',
    headers: {
      ...HEADERS,
      'preference-applied': header('The wait that was honoured.'),
      'aika-position': header('Hand it to a read as `aika-position` to see what was done.'),
    },
    content: json(schema as never, example),
  });
}

function acceptedExample({ command, resource }: EdgeCommand) {
  const { example } = command;
  const { customerId } = example as { customerId: string };
  const links = {
    resource: resource({ ...example }, MESSAGE_ID),
    stream: `/v1/stream?customer=${customerId}`,
    status: `/v1/commands/${MESSAGE_ID}`,
  };
  return { messageId: MESSAGE_ID, messageType: command.type, customerId, sentAt: SENT_AT, links };
}

const header = (description: string) => ({ description, schema: { type: 'string' as const } });
const HEADERS = {
  traceparent: header('W3C trace context.'),
  link: header('`monitor`: the stream to follow; `status`: what became of the command.'),
  'idempotency-replayed': header('`true`: this is the answer of an earlier request under the same key.'),
};

function json(schema: { readonly $ref: string }, example: object) {
  return { 'application/json': { schema, examples: { example: { value: example } } } };
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
