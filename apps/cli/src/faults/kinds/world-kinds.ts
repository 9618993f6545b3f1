import { setTimeout as delay } from 'node:timers/promises';
import { catalogue, FileClaim, HEADER, lanesOf } from '@aika/contracts';
import { DeadLetters, type LogRecord, partitionFor, redrivenId } from '@aika/messaging';
import type { World } from '../../e2e/world.js';
import type { FaultKind } from '../fault-kind.js';

const HOUR_MS = 3_600_000;
/** Below the deadlines of the business, which follow the wall clock, and what counts as the future. */
const AHEAD_MS = 240_000;
const DOWN_MS = 5_000;
const MOST_COPIES = 200;
const LETTER_TRIES = 100;

/** The newest records of some topics. */
async function recordsSoFar(world: World, names: readonly string[]): Promise<readonly LogRecord[]> {
  const found: LogRecord[] = [];
  for (const name of names) {
    const topic = `${world.namespace}.${name}`;
    for (let partition = 0; partition < (await world.log.partitionCount(topic)); partition++) {
      const { start, end } = await world.log.offsets({ topic, partition });
      const from = Math.max(start, end - MOST_COPIES);
      for await (const records of world.log.read({ topic, partition }, { from, until: end }))
        found.push(...records);
    }
  }
  return found;
}

/** Waits until the message is a dead letter. @returns the letter's id */
async function letterOf(letters: DeadLetters, messageId: string): Promise<string> {
  for (let tries = 0; tries < LETTER_TRIES; tries++) {
    const { letters: found } = await letters.list({});
    const letter = found.find((one) => one.messageId === messageId);
    if (letter) return letter.id;
    await delay(100);
  }
  throw new Error(`${messageId} did not become a dead letter.`);
}

/** What reaches the agents from outside. */
export const WORLD_KINDS: readonly FaultKind[] = [
  {
    name: 'duplicates',
    about: 'every message of the run is sent again, some of them on a wrong partition',
    strike: async (field, draws) => {
      // As a program does that did not hear of its success, or a bridge that reads its source again.
      const { world } = field;
      const copies = await recordsSoFar(world, lanesOf('commands'));
      const writer = await world.log.createWriter();
      try {
        for (const copy of copies) {
          const count = await world.log.partitionCount(copy.topic);
          const partition = draws.next() < 0.3 ? draws.upTo(count) : copy.partition;
          await writer.send([{ ...copy, partition }]);
        }
      } finally {
        await writer.close();
      }
    },
  },
  {
    name: 'poison',
    about: 'what is no message, breaks its contract or is too large, among the messages of customers',
    strike: async (field, draws) => {
      const { world } = field;
      const topic = `${world.namespace}.commands`;
      const count = await world.log.partitionCount(topic);
      const writer = await world.log.createWriter();
      const bad = [
        '\u0000 no JSON',
        '{"messageType":"FILE_CLAIM"',
        JSON.stringify({ messageType: FileClaim.type, payload: { customerId: 'cust-poison' } }),
        JSON.stringify({ messageType: FileClaim.type, payload: { text: 'x'.repeat(800_000) } }),
      ];
      const headers = { [HEADER.type]: FileClaim.type };
      try {
        for (const value of bad) {
          const key = `poison-${draws.upTo(1_000_000)}`;
          field.poisoned++;
          await writer.send([{ topic, partition: partitionFor(key, count), key, value, headers }]);
        }
      } finally {
        await writer.close();
      }
    },
  },
  {
    name: 'payments-down',
    about: 'the payment provider answers 503, loses answers or is slow, and recovers',
    strike: async (field, draws) => {
      const mode = draws.pick(['fail', 'lose-answer', 'slow'] as const);
      await field.world.misbehave([mode === 'slow' ? { mode, delayMs: 1500 } : { mode }]);
      await delay(DOWN_MS);
      await field.world.misbehave([]);
    },
  },
  {
    name: 'payments-killed',
    about: 'kill -9 of the payment provider in the middle of payments; it comes back with its ledger',
    strike: async (field, draws) => {
      await field.world.misbehave([{ mode: 'slow', delayMs: 300 }]);
      await delay(500 + draws.upTo(1000));
      await field.world.fleet.restartPayments();
    },
  },
  {
    name: 'dead-letter-replayed',
    about: 'a dead letter is mended and sent back by several people at once, and again later',
    strike: async (field, draws) => {
      const letters = new DeadLetters({
        log: field.world.log,
        namespace: field.world.namespace,
        catalogue,
        sourceAgentId: 'aika-faults',
      });
      const broken = await field.sendBroken(draws);
      const id = await letterOf(letters, broken.messageId);
      const act = { by: 'aika-faults', reason: 'mended by the campaign' };
      await Promise.allSettled([1, 2, 3].map(() => letters.edit(id, broken.mended, act)));
      await letters.redrive([id], act);
      field.mended.push(redrivenId(id));
    },
  },
  {
    name: 'clock-jumps',
    about: 'the wall clock of the agents jumps four minutes ahead or an hour back, and returns',
    needs: { clock: true },
    strike: async (field, draws) => {
      field.clock.shift(draws.pick([AHEAD_MS, -HOUR_MS]));
      await delay(DOWN_MS);
      field.clock.reset();
    },
  },
];
