import { parseSealed } from '@aika/personal-data';
import type { CommittedRecord } from '@aika/testing';
import type { LoggedEvent, Verdict } from '../verdict.js';

const CLEAN: Verdict = { lost: [], doubled: [], reordered: [], divergent: [] };

/** Something personal that was sent. */
export interface Said {
  readonly messageId: string;
  readonly customerId: string;
  /** Texts that nobody may read on the log who has no keys. */
  readonly secrets: readonly string[];
  /** `desk` seals what it sends; `foreign` writes plain text to the commands, and nothing can be done about it. */
  readonly by: 'desk' | 'foreign';
  /** Type of the one event that has to come of it. */
  readonly outcome: string;
}

/** What the key store holds of a customer, and whether a sealed text opens with it. */
export type StoredKey =
  { readonly status: 'live'; readonly opens: (text: string) => boolean } | { readonly status: 'erased' };

const SEALED = /aika-sealed\.1\.[tob]\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g;

/** All that stands in a record, as text; what is no UTF-8 too. */
export function textOf({ key, value, headers, base64 }: CommittedRecord): string {
  const plain = (name: string, text: string | null): string => {
    const isCoded = base64.includes(name);
    return isCoded ? Buffer.from(text ?? '', 'base64').toString('latin1') : (text ?? '');
  };
  const named = headers.map(([name, text]) => plain(`headers.${name}`, text));
  return [plain('key', key), plain('value', value), ...named].join('\n');
}

/** Each has one event of its type, and no more. */
export function judgeSaid(said: readonly Said[], events: readonly LoggedEvent[]): Verdict {
  const count = ({ messageId, outcome }: Said): number =>
    events.filter(({ type, causationId }) => type === outcome && causationId === messageId).length;
  const name = ({ messageId, outcome }: Said): string => `${outcome} of ${messageId}`;
  return {
    ...CLEAN,
    lost: said.filter((one) => count(one) === 0).map(name),
    doubled: said.filter((one) => count(one) > 1).map(name),
  };
}

export interface PlainText {
  readonly verdict: Verdict;
  /** Secrets that were seen where a foreign client has written them: the eyes are open. */
  readonly seen: number;
}

/** Nothing that was said can be read anywhere, but for what a foreign client wrote where it wrote it. */
export function judgePlainText(
  said: readonly Said[],
  records: readonly CommittedRecord[],
  isCommands: (topic: string) => boolean,
): PlainText {
  const divergent = new Set<string>();
  const seen = new Set<string>();
  for (const record of records) {
    const text = textOf(record);
    for (const { secrets, by, customerId } of said) {
      for (const secret of secrets.filter((one) => text.includes(one))) {
        if (by === 'foreign' && isCommands(record.topic)) seen.add(secret);
        else divergent.add(`plain text of ${customerId} stands on ${placeOf(record)}`);
      }
    }
  }
  return { verdict: { ...CLEAN, divergent: [...divergent] }, seen: seen.size };
}

export interface SealedTexts {
  readonly verdict: Verdict;
  /** Different sealed texts that were opened. */
  readonly opened: number;
}

/** Every sealed text opens with the one key that its owner has, unless the owner was erased. */
export function judgeSealed(
  records: readonly CommittedRecord[],
  keys: ReadonlyMap<string, StoredKey>,
): SealedTexts {
  const places = new Map<string, string>();
  for (const record of records) {
    for (const [text] of textOf(record).matchAll(SEALED)) places.set(text, placeOf(record));
  }
  let opened = 0;
  const divergent: string[] = [];
  for (const [text, place] of places) {
    const owner = parseSealed(text)?.customerId ?? 'nobody';
    const key = keys.get(owner);
    if (key === undefined) divergent.push(`a value of ${owner} on ${place} has no key`);
    else if (key.status === 'live' && key.opens(text)) opened += 1;
    else if (key.status === 'live')
      divergent.push(`a value of ${owner} on ${place} was sealed under another key`);
  }
  return { verdict: { ...CLEAN, divergent }, opened };
}

/** Who was erased has a tombstone for a key, was told of once, and has no profile. */
export function judgeErased(
  erased: readonly string[],
  keys: ReadonlyMap<string, StoredKey>,
  events: readonly LoggedEvent[],
  state: ReadonlyMap<string, string>,
): Verdict {
  const told = events
    .filter(({ type }) => type === 'PERSONAL_DATA_ERASED')
    .map(({ payload }) => String(payload['customerId']));
  const times = (id: string): number => told.filter((one) => one === id).length;
  return {
    ...CLEAN,
    lost: [
      ...erased.filter((id) => !keys.has(id)).map((id) => `tombstone of ${id}`),
      ...erased.filter((id) => times(id) === 0).map((id) => `PERSONAL_DATA_ERASED of ${id}`),
    ],
    doubled: erased.filter((id) => times(id) > 1).map((id) => `PERSONAL_DATA_ERASED of ${id}`),
    divergent: [
      ...erased.filter((id) => keys.get(id)?.status === 'live').map((id) => `${id} was erased and has a key`),
      ...erased
        .filter((id) => state.has(`s/${id}/customer-profile/${id}`))
        .map((id) => `${id} was erased and has a profile`),
      ...told.filter((id) => !erased.includes(id)).map((id) => `${id} was erased, and nobody asked for it`),
    ],
  };
}

function placeOf({ topic, partition, offset }: CommittedRecord): string {
  return `${topic}/${partition}@${offset}`;
}
