import { lanesOf, topicOf } from '@aika/contracts';
import { CustomerKeys, ownersIn, parseSealed } from '@aika/personal-data';
import type { CommittedRecord } from '@aika/testing';
import { foldChangelog } from '../state-check.js';
import { inOrderOfTime, loggedEvents, together, type Verdict } from '../verdict.js';
import type { KeysField } from './keys-field.js';
import {
  judgeErased,
  judgePlainText,
  judgeSaid,
  judgeSealed,
  type StoredKey,
  textOf,
} from './keys-verdict.js';

/** What was looked at: a check that has seen nothing proves nothing. */
export interface KeyFigures {
  /** Customers who have a key. */
  readonly keys: number;
  readonly erased: number;
  /** Different sealed texts that were opened with them. */
  readonly opened: number;
  /** Texts that were found in plain on the commands, where a foreign client has written them. */
  readonly plain: number;
}

/** Every record of every topic as Java's consumer has read it, against the store of keys. */
export async function judgeKeys(
  field: KeysField,
  namespace: string,
  byTopic: ReadonlyMap<string, readonly CommittedRecord[]>,
): Promise<{ readonly verdict: Verdict; readonly figures: KeyFigures }> {
  const records = [...byTopic.values()].flat();
  const on = (name: string): readonly CommittedRecord[] => byTopic.get(topicOf(namespace, name)) ?? [];
  const events = loggedEvents(inOrderOfTime(lanesOf('events').flatMap(on)));
  const owners = new Set(records.flatMap((record) => [...ownersIn(textOf(record))]));
  const keys = await storedKeys(field, [...owners, ...field.erased]);
  const commands = lanesOf('commands').map((name) => topicOf(namespace, name));
  const plain = judgePlainText(field.said, records, (topic) => commands.includes(topic));
  const sealed = judgeSealed(records, keys);
  const verdict = together([
    judgeSaid(field.said, events),
    plain.verdict,
    sealed.verdict,
    judgeErased(field.erased, keys, events, foldChangelog(on('state.customer'))),
  ]);
  const live = [...keys.values()].filter(({ status }) => status === 'live').length;
  const { seen } = plain;
  return {
    verdict,
    figures: { keys: live, erased: keys.size - live, opened: sealed.opened, plain: seen },
  };
}

/** Asked anew, of nobody's memory. */
async function storedKeys(
  { store, master }: KeysField,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, StoredKey>> {
  const known = await new CustomerKeys({ store, master }).load(customerIds, false);
  return new Map(
    [...known].map(([customerId, key]): [string, StoredKey] => {
      if (key.status === 'erased') return [customerId, key];
      const { cipher } = key;
      const opens = (text: string): boolean => {
        const sealed = parseSealed(text);
        return sealed !== undefined && cipher.open(sealed) !== undefined;
      };
      return [customerId, { status: 'live', opens }];
    }),
  );
}
