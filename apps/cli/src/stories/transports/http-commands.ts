import { randomUUID } from 'node:crypto';
import {
  AcceptQuote,
  CustomerAssessmentRequest,
  DecideReferredClaim,
  FileClaim,
  type MessageDefinition,
  type PayloadOf,
  RegisterCustomer,
  SendConversationMessage,
} from '@aika/contracts';
import { createGatewayClient, dataOf, type GatewayClient } from '@aika/gateway-client';

interface CommandHeaders {
  readonly 'idempotency-key': string;
  readonly 'aika-conversation': string;
  readonly prefer: string;
}

/** The client's types are of values that may be changed; those of contracts may not. */
type Changeable<T> = T extends readonly (infer E)[]
  ? Changeable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Changeable<T[K]> }
    : T;

/** Posts a command. @returns its message id. @throws GatewayError when it is not accepted */
type Post<P> = (client: GatewayClient, payload: P, header: CommandHeaders) => Promise<{ messageId: string }>;

/** How long an answer waits for the command's outcome. */
const PREFER = 'wait=10';

function route<D extends MessageDefinition>(
  { type }: D,
  post: Post<Changeable<PayloadOf<D>>>,
): [string, Post<never>] {
  return [type, post];
}

/** Where each command of the stories goes. */
const ROUTES: ReadonlyMap<string, Post<never>> = new Map([
  route(RegisterCustomer, async (client, body, header) =>
    dataOf(await client.POST('/v1/customers', { params: { header }, body }), 'POST /v1/customers'),
  ),
  route(CustomerAssessmentRequest, async (client, { purpose: _quote, ...body }, header) =>
    dataOf(await client.POST('/v1/quotes', { params: { header }, body }), 'POST /v1/quotes'),
  ),
  route(AcceptQuote, async (client, { quoteId, ...body }, header) => {
    const params = { header, path: { quoteId } };
    const answer = await client.POST('/v1/quotes/{quoteId}/acceptance', { params, body });
    return dataOf(answer, `POST /v1/quotes/${quoteId}/acceptance`);
  }),
  route(FileClaim, async (client, body, header) =>
    dataOf(await client.POST('/v1/claims', { params: { header }, body }), 'POST /v1/claims'),
  ),
  route(DecideReferredClaim, async (client, { claimId, ...body }, header) => {
    const params = { header, path: { claimId } };
    const answer = await client.POST('/v1/approvals/{claimId}/decision', { params, body });
    return dataOf(answer, `POST /v1/approvals/${claimId}/decision`);
  }),
  route(SendConversationMessage, async (client, { conversationId, ...body }, header) => {
    const params = { header, path: { conversationId } };
    const answer = await client.POST('/v1/conversations/{conversationId}/messages', { params, body });
    return dataOf(answer, `POST /v1/conversations/${conversationId}/messages`);
  }),
]);

/**
 * Sends a command of a conversation and waits for its outcome.
 *
 * @returns the message's id
 * @throws GatewayError when the gateway or an agent refuses it; Error for a command without a route here
 */
export async function postCommand<D extends MessageDefinition>(
  client: GatewayClient,
  definition: D,
  payload: PayloadOf<D>,
  conversationId: string,
): Promise<string> {
  const post = ROUTES.get(definition.type) as unknown as Post<PayloadOf<D>> | undefined;
  if (post === undefined) throw new Error(`No route of ${definition.type} is known here.`);
  const header = {
    // A new key for each wish: the same one would be the same wish again.
    'idempotency-key': randomUUID(),
    'aika-conversation': conversationId,
    prefer: PREFER,
  };
  return (await post(client, payload, header)).messageId;
}

/** The line for a shell that sends the command. */
export async function curlOf<D extends MessageDefinition>(
  gatewayUrl: string,
  definition: D,
  payload: PayloadOf<D>,
): Promise<string> {
  let line = '';
  const client = createGatewayClient(gatewayUrl, async (request) => {
    const body = (await request.text()).replaceAll("'", "'\\''");
    line = `curl -sS ${request.url} -H 'content-type: application/json' -d '${body}'`;
    return Response.json({ messageId: 'msg-not-sent' }, { status: 202 });
  });
  await postCommand(client, definition, payload, 'conv-not-sent');
  return line;
}
