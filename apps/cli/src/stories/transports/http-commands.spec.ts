import { describe, expect, it } from '@jest/globals';
import {
  AcceptQuote,
  ClaimFiled,
  CustomerAssessmentRequest,
  DecideReferredClaim,
  FileClaim,
  type MessageDefinition,
  RegisterCustomer,
  SendConversationMessage,
} from '@aika/contracts';
import { createGatewayClient, GatewayError } from '@aika/gateway-client';
import { curlOf, postCommand } from './http-commands.js';

/** What a command is sent as. */
async function requestOf(definition: MessageDefinition, payload: object): Promise<Request> {
  let sent: Request | undefined;
  const client = createGatewayClient('http://gateway', async (request) => {
    sent = request.clone();
    return Response.json({ messageId: 'msg-1' }, { status: 202 });
  });
  expect(await postCommand(client, definition, payload, 'conv-1')).toBe('msg-1');
  if (sent === undefined) throw new Error('Nothing was sent.');
  return sent;
}

describe('a command over HTTP', () => {
  it.each([
    [RegisterCustomer, '/v1/customers', []],
    [CustomerAssessmentRequest, '/v1/quotes', ['purpose']],
    [AcceptQuote, `/v1/quotes/${AcceptQuote.example.quoteId}/acceptance`, ['quoteId']],
    [FileClaim, '/v1/claims', []],
    [DecideReferredClaim, `/v1/approvals/${DecideReferredClaim.example.claimId}/decision`, ['claimId']],
    [
      SendConversationMessage,
      `/v1/conversations/${SendConversationMessage.example.conversationId}/messages`,
      ['conversationId'],
    ],
  ] as const)('goes to its route, without what the address says: %p', async (definition, path, absent) => {
    const request = await requestOf(definition, definition.example);
    const left = Object.entries(definition.example).filter(([name]) => !absent.some((each) => each === name));
    expect([request.method, new URL(request.url).pathname]).toEqual(['POST', path]);
    expect(await request.json()).toEqual(Object.fromEntries(left));
  });

  it('names its conversation, waits, and has a key of its own', async () => {
    const [one, other] = await Promise.all([1, 2].map(() => requestOf(FileClaim, FileClaim.example)));
    expect(one?.headers.get('aika-conversation')).toBe('conv-1');
    expect(one?.headers.get('prefer')).toMatch(/^wait=\d+$/);
    expect(one?.headers.get('idempotency-key')).not.toBe(other?.headers.get('idempotency-key'));
  });

  it('ends with the problem when it is refused', async () => {
    const client = createGatewayClient('http://gateway', () =>
      Promise.resolve(
        Response.json(
          { type: 'urn:aika:problem:command-rejected', detail: 'No such policy.' },
          { status: 409, headers: { 'content-type': 'application/problem+json' } },
        ),
      ),
    );
    const refused = await postCommand(client, FileClaim, FileClaim.example, 'conv-1').catch(
      (error: unknown) => error,
    );
    expect(refused).toBeInstanceOf(GatewayError);
    expect(String(refused)).toContain('POST /v1/claims was answered 409: No such policy.');
  });

  it('is known by its route only', async () => {
    await expect(requestOf(ClaimFiled, ClaimFiled.example)).rejects.toThrow('No route of CLAIM_FILED');
  });

  it('is a line for a shell too, whatever its texts have in them', async () => {
    const decision = { ...DecideReferredClaim.example, reason: "The workshop's estimate." };
    const line = await curlOf('http://gateway', DecideReferredClaim, decision);
    expect(line).toMatch(/^curl -sS http:\/\/gateway\/v1\/approvals\/[\w-]+\/decision -H 'content-type: /);
    expect(line).toContain(`workshop'\\''s estimate`);
  });
});
