import { randomBytes } from 'node:crypto';
import { topicOf } from '@aika/contracts';
import { spoilRows } from '@aika/testing';
import type { Control } from '../controls.js';
import type { FaultField } from '../fault-field.js';
import { KEYS_TABLE, type KeysField, keysOf } from './keys-field.js';

const KEY_BYTES = 32;

/** Gives a customer another key than the one that their values are sealed with. */
async function newKey({ master, databaseUrl }: KeysField, customerId: string): Promise<void> {
  const wrapped = await master.wrap(randomBytes(KEY_BYTES), customerId);
  const met = await spoilRows(
    databaseUrl,
    `update ${KEYS_TABLE} set wrapped = $2, erased_at = null where customer_id = $1`,
    [customerId, wrapped],
  );
  if (met !== 1) throw new Error(`${met} keys were spoilt.`);
}

/** A record as a program that does not seal would write it. */
async function smuggle(field: FaultField, name: string): Promise<void> {
  const { log, namespace } = field.world;
  const [someone] = keysOf(field).said.filter(({ by }) => by === 'desk');
  if (!someone) throw new Error('Nobody was registered.');
  const { customerId, secrets } = someone;
  const [fullName] = secrets;
  const value = JSON.stringify({
    messageId: `msg-smuggled-${name}`,
    messageType: 'CUSTOMER_PROFILE_TOLD',
    payload: { customerId, fullName },
    metadata: {},
  });
  const writer = await log.createWriter();
  const topic = topicOf(namespace, name);
  await writer.send([{ topic, partition: 0, key: customerId, value }]).finally(() => writer.close());
}

const isPlainOn = (topic: string) => (line: string) =>
  line.startsWith('plain text of ') && line.includes(`.${topic}/0@`);

/** In this order: none of them is put right again. */
export const KEY_CONTROLS: readonly Control[] = [
  {
    name: 'plain name on the events',
    spoil: (field) => smuggle(field, 'events'),
    isFound: ({ divergent }) => divergent.some(isPlainOn('events')),
  },
  {
    name: "plain name of the desk's on the commands",
    spoil: (field) => smuggle(field, 'commands'),
    isFound: ({ divergent }) => divergent.some(isPlainOn('commands')),
  },
  {
    name: 'key of a customer replaced',
    spoil: async (field) => {
      const keys = keysOf(field);
      const live = keys.said.find(({ customerId }) => !keys.erased.includes(customerId));
      if (!live) throw new Error('Everybody was erased.');
      await newKey(keys, live.customerId);
    },
    isFound: ({ divergent }) => divergent.some((line) => line.endsWith('was sealed under another key')),
  },
  {
    name: 'key made anew after an erasure',
    spoil: async (field) => {
      const keys = keysOf(field);
      for (const customerId of keys.erased) await newKey(keys, customerId);
    },
    isFound: ({ divergent }) => divergent.some((line) => line.endsWith('was erased and has a key')),
  },
];
