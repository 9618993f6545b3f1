import { setTimeout as delay } from 'node:timers/promises';
import { type Catalogue, catalogue } from '@aika/contracts';
import type { Filled, Subject } from './filling.js';
import type { HttpCaller } from './http-caller.js';

/** What exists: cases that are meant to be valid are made of it (`tools/fuzz/fuzz_hooks.py` reads it). */
export interface FuzzValues {
  readonly subjects: readonly Subject[];
  /** Ids of what no customer's way leads to by itself, by the name of the parameter. */
  readonly ids: Readonly<Record<string, readonly string[]>>;
  /** Cursors of lists without filters, by address such as `/v1/claims`. */
  readonly cursors: Readonly<Record<string, readonly string[]>>;
  /** `aika-position` of answers. */
  readonly positions: readonly string[];
  /** Messages that may be produced, by topic without namespace. */
  readonly envelopes: Readonly<Record<string, readonly object[]>>;
}

/** Lists with the parameter that names one of their entries. */
const LISTS: readonly (readonly [list: string, id: string])[] = [
  ['assessments', 'assessmentId'],
  ['notifications', 'notificationId'],
  ['dead-letters', 'letterId'],
];
const ENTRIES = 50;
const SEEN_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;

/**
 * Waits until the views know what was filled in, and collects what else exists.
 * @param operations routes of the document, such as `GET /v1/claims`
 */
export async function collectValues(
  caller: HttpCaller,
  { subjects, positions, messageIds }: Filled,
  operations: readonly string[],
): Promise<FuzzValues> {
  await seen(caller, subjects);
  const ids: Record<string, readonly string[]> = { messageId: messageIds.slice(0, ENTRIES) };
  for (const [list, id] of LISTS) ids[id] = await idsOf(caller, list, id);
  return {
    subjects,
    ids,
    positions: positions.slice(0, ENTRIES),
    cursors: await cursorsOf(caller, subjects, operations),
    envelopes: envelopesOf(catalogue),
  };
}

async function idsOf(caller: HttpCaller, list: string, id: string): Promise<readonly string[]> {
  const { body } = await caller.get(`/v1/${list}?limit=${ENTRIES}`);
  const entries = (body['items'] ?? body['letters'] ?? []) as readonly Readonly<Record<string, unknown>>[];
  return entries.map((entry) => String(entry[id] ?? entry['id']));
}

/** Of every list whose address is complete, of the conversations, and of the topics. */
async function cursorsOf(
  caller: HttpCaller,
  subjects: readonly Subject[],
  operations: readonly string[],
): Promise<Readonly<Record<string, readonly string[]>>> {
  const lists = operations.filter(
    (operation) => /^GET \/v1\/[^{}]+$/.test(operation) && !/stream/.test(operation),
  );
  const paths = [
    ...lists.map((operation) => operation.slice('GET '.length)),
    ...subjects.flatMap(({ conversationId: id }) =>
      id === undefined ? [] : [`/v1/conversations/${id}/messages`],
    ),
    ...Object.keys(envelopesOf(catalogue)).map((topic) => `/v1/topics/${topic}/messages`),
  ];
  const found: Record<string, readonly string[]> = {};
  for (const path of paths) {
    const cursors = await nextPages(caller, path);
    if (cursors.length > 0) found[path] = cursors;
  }
  return found;
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

async function nextPages(caller: HttpCaller, path: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (let cursor = ''; found.length < 3;) {
    const { body } = await caller.get(`${path}?limit=1${cursor}`);
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
