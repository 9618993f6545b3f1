import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import {
  type Catalogue,
  contractOf,
  fields,
  ID_PATTERN,
  PRIORITIES,
  type Priority,
  type Violation,
} from '@aika/contracts';
import type { Request } from 'express';
import type { GatewaySettings } from '../gateway.settings.js';
import { type Preference, readPreference } from '../http/prefer.js';
import { rejectViolations } from '../http/problem.js';
import { type Principal, principalOf } from '../identity/principal.js';
import { readPayload } from '../http/read-input.js';
import { type TraceContext, traceOf } from '../http/trace-context.js';
import { edgeCommand, type EdgeCommand, type EdgeCommandName } from './command-catalogue.js';

/** Headers that belong to commands, by their names in `CommandHeaders`. */
export const COMMAND_HEADER = {
  idempotencyKey: 'idempotency-key',
  conversationId: 'aika-conversation',
  priority: 'aika-priority',
  ifMatch: 'if-match',
} as const;

export class CommandHeaders {
  @fields.Text({
    optional: true,
    max: 200,
    pattern: /^[\x21-\x7e]+$/,
    description: 'The same key and request are carried out once, for 24 hours. A new key for each new wish.',
  })
  readonly idempotencyKey?: string;
  @fields.Text({
    optional: true,
    max: 100,
    pattern: ID_PATTERN,
    description: 'The conversation that the command belongs to.',
  })
  readonly conversationId?: string;
  @fields.OneOf(PRIORITIES, { optional: true })
  readonly priority?: Priority;
  @fields.Text({
    optional: true,
    max: 500,
    description: 'The ETag of what is changed, as the caller has read it.',
  })
  readonly ifMatch?: string;
}

/** One wish of a caller, read and checked. */
export interface CommandCall extends CommandHeaders {
  readonly edge: EdgeCommand;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly preference: Preference;
  readonly trace: TraceContext;
  /** Method and address: the same key elsewhere is another request. */
  readonly target: string;
  /** Who asks; undefined where identities are off. */
  readonly actor: string | undefined;
}

/** @throws ProblemError `invalid-request` with every violation of headers; then of address and body */
export function readCommandCall(
  name: EdgeCommandName,
  request: Request,
  catalogue: Catalogue,
  settings: Pick<GatewaySettings, 'maxWaitMs'>,
): CommandCall {
  const edge = edgeCommand(name);
  const headers = ownKey(readHeaders(request), principalOf(request));
  const address = { ...(request.params as Record<string, string>), ...edge.fixed };
  const payload = readPayload(catalogue, edge.command, request.body, address);
  return {
    ...headers,
    edge,
    payload,
    preference: readPreference(request.get('prefer'), settings.maxWaitMs),
    trace: traceOf(request),
    target: `${request.method} ${request.path}`,
    actor: principalOf(request)?.subject,
  };
}

/** Keys are each caller's own: nobody gets another one's answer, or learns that a key is in use. */
function ownKey(headers: CommandHeaders, principal: Principal | undefined): CommandHeaders {
  const { idempotencyKey } = headers;
  if (principal === undefined || idempotencyKey === undefined) return headers;
  return { ...headers, idempotencyKey: `${principal.subject}\n${idempotencyKey}` };
}

function readHeaders(request: Request): CommandHeaders {
  const given = Object.entries(COMMAND_HEADER).flatMap(([field, header]) => {
    const value = request.get(header);
    return value === undefined ? [] : [[field, value] as const];
  });
  const headers = Object.fromEntries(given);
  const violations = contractOf(CommandHeaders).read(headers, '');
  rejectViolations(violations.map(({ path, ...rest }): Violation => ({ path: headerOf(path), ...rest })));
  return headers;
}

function headerOf(path: string): string {
  const field = path.slice(1) as keyof typeof COMMAND_HEADER;
  return `header ${COMMAND_HEADER[field] ?? field}`;
}

/** Which command a route takes; set by `TakesCommand`. */
export const EDGE_COMMAND = Symbol('aika:edge-command');

/** The command that the request asks for. */
export const Call = createParamDecorator((_data: unknown, context: ExecutionContext): CommandCall => {
  const request = context.switchToHttp().getRequest<Request>();
  const name = Reflect.getMetadata(EDGE_COMMAND, context.getHandler()) as EdgeCommandName;
  const { catalogue, settings } = request.app.locals as { catalogue: Catalogue; settings: GatewaySettings };
  return readCommandCall(name, request, catalogue, settings);
});
