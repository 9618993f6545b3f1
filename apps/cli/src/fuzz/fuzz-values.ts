import { setTimeout as delay } from 'node:timers/promises';
import { type Catalogue, catalogue } from '@aika/contracts';
import type { Filled, Subject } from './filling.js';
import type { HttpCaller } from './http-caller.js';

/** What exists: cases that are meant to be valid are made of it (`tools/fuzz/fuzz_hooks.py` reads it). */
export interface FuzzValues {
  readonly subjects: readonly Subject[];
  /** Ids of dead letters. */
  readonly letters: readonly string[];
  /** Cursors of second pages, by operation such as `GET /v1/claims`. */
  readonly cursors: Readonly<Record<string, readonly string[]>>;
  /** `aika-position` of answers. */
  readonly positions: readonly string[];
  /** Messages that may be produced, by topic without namespace. */
  readonly envelopes: Readonly<Record<string, readonly object[]>>;
}

/** Lists whose pages go on by a cursor. */
const PAGED = [
  'customers',
  'quotes',
  'policies',
  'claims',
  'conversations',
  'approvals',
  'notifications',
  'dead-letters',
] as const;
const SEEN_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;

/** Waits until the views know what was filled in, and collects what else exists. */
export async function collectValues(
  caller: HttpCaller,
  { subjects, positions }: Filled,
): Promise<FuzzValues> {
  await seen(caller, subjects);
  const cursors: Record<string, readonly string[]> = {};
  for (const name of PAGED) cursors[`GET /v1/${name}`] = await cursorsOf(caller, `/v1/${name}`);
  const talk = subjects.find(({ conversationId }) => conversationId !== undefined);
  if (talk !== undefined) {
    const path = `/v1/conversations/${talk.conversationId}/messages`;
    cursors['GET /v1/conversations/{conversationId}/messages'] = await cursorsOf(caller, path, 1);
  }
  cursors['GET /v1/topics/{topic}/messages'] = await cursorsOf(caller, '/v1/topics/events/messages');
  const letters = (await caller.get('/v1/dead-letters?limit=50')).body['letters'] as { id: string }[];
  return {
    subjects,
    positions: positions.slice(0, 50),
    letters: letters.map(({ id }) => id),
    cursors,
    envelopes: envelopesOf(catalogue),
  };
}

/** One message of every type, without an id: each case is a message of its own. */
export function envelopesOf(known: Catalogue): Readonly<Record<string, readonly object[]>> {
  const all = known.all().map((definition) => ({
    topic: known.topicFor(definition, 'NORMAL'),
    envelope: {
      messageType: definition.type,
      schemaVersion: definition.version,
      sourceAgentId: definition.owner,
      payload: definition.example,
    },
  }));
  const byTopic = Map.groupBy(all, ({ topic }) => topic);
  return Object.fromEntries(
    [...byTopic].map(([topic, entries]) => [topic, entries.map(({ envelope }) => envelope)]),
  );
}

async function cursorsOf(caller: HttpCaller, path: string, limit = 2): Promise<readonly string[]> {
  const found: string[] = [];
  for (let cursor = ''; found.length < 3;) {
    const { body } = await caller.get(`${path}?limit=${limit}${cursor}`);
    const { next } = body;
    if (typeof next !== 'string') break;
    found.push(next);
    cursor = `&cursor=${next}`;
  }
  return found;
}

async function seen(caller: HttpCaller, subjects: readonly Subject[]): Promise<void> {
  const paths = subjects.flatMap(({ claimId, policyId, conversationId }) => [
    ...(claimId === undefined ? [] : [`/v1/claims/${claimId}`]),
    ...(policyId === undefined ? [] : [`/v1/policies/${policyId}`]),
    ...(conversationId === undefined ? [] : [`/v1/conversations/${conversationId}`]),
  ]);
  const deadline = performance.now() + SEEN_WITHIN_MS;
  for (const path of paths) {
    while ((await caller.get(path)).status !== 200) {
      if (performance.now() > deadline) throw new Error(`The views do not know ${path} in time.`);
      await delay(LOOK_EVERY_MS);
    }
  }
}
