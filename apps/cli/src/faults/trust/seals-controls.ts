import { sealsTopicOf, type StoredSeal } from '@aika/audit';
import type { LogRecord, TopicPartition } from '@aika/messaging';
import { spoilRows } from '@aika/testing';
import type { Control } from '../controls.js';
import type { FaultField } from '../fault-field.js';
import { type SealsField, sealsOf } from './seals-field.js';

const PLACE = 'topic = $1 and partition = $2 and sequence = 0';

/** A partition whose chain has more than its first seal. */
async function longChain(
  seals: SealsField,
  count: number,
): Promise<{ readonly partition: number; readonly first: StoredSeal }> {
  for (let partition = 0; partition < count; partition++) {
    const [first, second] = await seals.store.all(seals.topic, partition);
    if (first && second) return { partition, first };
  }
  throw new Error('No partition has two seals.');
}

/** Changes the first seal of a chain in the second place, and puts it back. */
async function spoilSecondPlace(field: FaultField, statement: string): Promise<() => Promise<void>> {
  const seals = sealsOf(field);
  const { url } = seals.database;
  const count = await field.world.log.partitionCount(seals.topic);
  const { partition, first } = await longChain(seals, count);
  const place = [seals.topic, partition];
  const met = await spoilRows(url, `${statement} where ${PLACE}`, place);
  if (met !== 1) throw new Error(`${met} seals were spoilt.`);
  return async () => {
    await spoilRows(url, `delete from aika_audit.seals where ${PLACE}`, place);
    await spoilRows(
      url,
      `insert into aika_audit.seals (topic, partition, sequence, hash, seal) values ($1, $2, 0, 'put back', $3)`,
      [...place, first.text],
    );
  };
}

/** Sends a record that stands on a topic a second time. */
async function again(field: FaultField, topic: string): Promise<void> {
  const { log } = field.world;
  const count = await log.partitionCount(topic);
  for (let partition = 0; partition < count; partition++) {
    const record = await firstOf(field, { topic, partition });
    if (record === undefined) continue;
    const { key, value, headers } = record;
    const writer = await log.createWriter();
    await writer.send([{ topic, partition, key, value, headers }]).finally(() => writer.close());
    return;
  }
  throw new Error(`There is nothing on ${topic}.`);
}

async function firstOf({ world: { log } }: FaultField, at: TopicPartition): Promise<LogRecord | undefined> {
  const { start, stableEnd } = await log.offsets(at);
  for await (const [record] of log.read(at, { from: start, until: stableEnd })) if (record) return record;
  return undefined;
}

/** In this order: the first two are put right again, the others stay. */
export const SEAL_CONTROLS: readonly Control[] = [
  {
    name: 'seal gone from the second place',
    spoil: (field) => spoilSecondPlace(field, 'delete from aika_audit.seals'),
    isFound: ({ lost, divergent }) =>
      lost.some((line) => /^seal \d+\/0 in the second place$/.test(line)) &&
      divergent.some((line) => line.includes('SEAL_MISSING')),
  },
  {
    name: 'seal rewritten in the second place',
    spoil: (field) =>
      spoilSecondPlace(
        field,
        `update aika_audit.seals set seal = regexp_replace(seal, '"count":[0-9]+', '"count":0')`,
      ),
    isFound: ({ divergent }) =>
      divergent.some((line) => /row 0 of the second place is not on the topic$/.test(line)) &&
      divergent.some((line) => line.includes('SEAL_SIGNATURE_INVALID')),
  },
  {
    name: 'line of the audit trail twice',
    spoil: async (field) => {
      await again(field, sealsOf(field).topic);
      await field.drained();
    },
    isFound: ({ doubled }) => doubled.some((line) => line.startsWith('line ')),
  },
  {
    name: 'seal twice on its topic',
    spoil: (field) => again(field, sealsTopicOf(sealsOf(field).topic)),
    isFound: ({ doubled }) =>
      doubled.some((line) => /^seal \d+\/\d+$/.test(line)) &&
      doubled.some((line) => /is in 2 seals$/.test(line)),
  },
  {
    // The last: nobody seals any more.
    name: 'line that nobody seals',
    spoil: async (field) => {
      const seals = sealsOf(field);
      await Promise.all([0, 1].map((number) => seals.sealer(number).stop()));
      await again(field, seals.topic);
    },
    isFound: ({ lost }) =>
      lost.some((line) => /^record .* is not sealed$/.test(line)) &&
      lost.some((line) => line === '1 records are unsealed'),
  },
];
