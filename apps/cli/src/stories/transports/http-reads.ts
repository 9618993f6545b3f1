import { isDeepStrictEqual } from 'node:util';
import { dataOf, type GatewayClient } from '@aika/gateway-client';
import type { JournalEntry } from '../../journal/seen-messages.js';
import type { ReadBack, ReadResource } from '../story.js';
import type { CheckedRead } from '../story-transport.js';

interface ReadHeaders {
  readonly 'aika-position'?: string;
}

type Read = (client: GatewayClient, id: string, header: ReadHeaders) => Promise<object>;

const READS: Readonly<Record<ReadResource, Read>> = {
  quotes: async (client, quoteId, header) =>
    dataOf(
      await client.GET('/v1/quotes/{quoteId}', { params: { path: { quoteId }, header } }),
      `GET /v1/quotes/${quoteId}`,
    ),
  policies: async (client, policyId, header) =>
    dataOf(
      await client.GET('/v1/policies/{policyId}', { params: { path: { policyId }, header } }),
      `GET /v1/policies/${policyId}`,
    ),
  claims: async (client, claimId, header) =>
    dataOf(
      await client.GET('/v1/claims/{claimId}', { params: { path: { claimId }, header } }),
      `GET /v1/claims/${claimId}`,
    ),
  conversations: async (client, conversationId, header) =>
    dataOf(
      await client.GET('/v1/conversations/{conversationId}', {
        params: { path: { conversationId }, header },
      }),
      `GET /v1/conversations/${conversationId}`,
    ),
};

/** The member of a payload that names the resource. */
const ID_MEMBER: Readonly<Record<ReadResource, string>> = {
  quotes: 'quoteId',
  policies: 'policyId',
  claims: 'claimId',
  conversations: 'conversationId',
};

/**
 * Reads a resource as fresh as the last event about it that the stream has told, and compares. Of a claim also its
 * history, which has every such event.
 *
 * @param positions by message id, as the stream gave them
 * @throws GatewayError when the resource is not there
 */
export async function checkRead(
  client: GatewayClient,
  { resource, id, shows }: ReadBack,
  entries: readonly JournalEntry[],
  positions: ReadonlyMap<string, string>,
): Promise<CheckedRead> {
  const told = entries.filter((entry) => isEventAbout(entry, ID_MEMBER[resource], id));
  const position = positions.get(told.at(-1)?.envelope.messageId ?? '');
  const header = position === undefined ? {} : { 'aika-position': position };
  const answer = (await READS[resource](client, id, header)) as Readonly<Record<string, unknown>>;
  const shown = Object.fromEntries(Object.keys(shows).map((member) => [member, answer[member]]));
  const missing = resource === 'claims' ? await missingInHistory(client, id, told) : [];
  return {
    path: `/v1/${resource}/${id}`,
    shown: [JSON.stringify(shown), ...missing.map((type) => `its history lacks ${type}`)].join('; '),
    isRight: isDeepStrictEqual(shown, { ...shows }) && missing.length === 0,
  };
}

/** Events are what views are made of; questions between agents and audit lines name entities too. */
function isEventAbout({ envelope, topic }: JournalEntry, member: string, id: string): boolean {
  return /^(events|stage)\b/.test(topic) && (envelope.payload as Record<string, unknown>)[member] === id;
}

async function missingInHistory(
  client: GatewayClient,
  claimId: string,
  told: readonly JournalEntry[],
): Promise<readonly string[]> {
  const answer = await client.GET('/v1/claims/{claimId}/history', { params: { path: { claimId } } });
  const { events } = dataOf(answer, `GET /v1/claims/${claimId}/history`);
  const known = new Set(events.map(({ messageId }) => messageId));
  return told
    .filter(({ envelope }) => !known.has(envelope.messageId))
    .map(({ envelope }) => envelope.messageType);
}
