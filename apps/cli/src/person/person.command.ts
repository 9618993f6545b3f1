import { ErasePersonalData } from '@aika/contracts';
import {
  type CustomerKeys,
  erasedCustomers,
  exportPerson,
  openCustomerKeys,
  openKeyStore,
  openMasterKeys,
  rewrapKeys,
} from '@aika/personal-data';
import { PlatformError } from '@aika/testing';
import type { Command } from 'commander';
import { type ByFlags, noteReading, withBy } from '../audit/acting.js';
import { type Connection, whileConnected } from '../commands/connection.js';
import { reportFailure } from '../platform/report-failure.js';
import { assertSealed } from './personal-data.js';

interface EraseFlags extends ByFlags {
  readonly yes?: boolean;
}

/** `aika person export|erase|erase-again|rewrap-keys`. */
export function registerPerson(program: Command): void {
  const person = program
    .command('person')
    .description('personal data: hand it out, erase it, look after its keys');
  withBy(person.command('export'))
    .description('everything about a customer that is kept, as one JSON object')
    .argument('<customer>', 'id of the customer')
    .action((customerId: string, { by }: ByFlags) => reportFailure(() => exportOf(customerId, by)));
  withBy(person.command('erase'))
    .description("throw a customer's key away, for ever: nobody can read what is personal of them any more")
    .argument('<customer>', 'id of the customer')
    .option('--yes', 'meant so; there is no way back')
    .action((customerId: string, flags: EraseFlags) => reportFailure(() => erase(customerId, flags)));
  person
    .command('erase-again')
    .description('after keys were restored from a backup: erase everybody whom the log says was erased')
    .action(() => reportFailure(eraseAgain));
  person
    .command('rewrap-keys')
    .description('wrap the keys under AIKA_MASTER_KEY that are still under AIKA_PREVIOUS_MASTER_KEY')
    .action(() => reportFailure(rewrap));
}

async function exportOf(customerId: string, by: string): Promise<void> {
  await whileConnected(async (connection) => {
    const person = await exportPerson(connection, customerId);
    if (person.messages.length === 0 && person.state.length === 0) {
      throw new PlatformError('SETTING_INVALID', `Nothing is kept of a customer ${customerId}.`);
    }
    await noteReading(connection, { by, operation: 'person export', customerId });
    process.stdout.write(`${JSON.stringify({ exportedAt: new Date().toISOString(), ...person }, null, 2)}\n`);
  });
}

async function erase(customerId: string, { yes, by }: EraseFlags): Promise<void> {
  if (!yes) {
    throw new PlatformError('SETTING_INVALID', `There is no way back: say --yes to erase ${customerId}.`);
  }
  await withKeys(async (keys, connection) => {
    const isFirst = await keys.erase(customerId);
    // The key first: that is the erasure. The agent forgets what it has in memory, and says so; once, if told again.
    await (await connection.sender()).send(ErasePersonalData, { customerId }, { metadata: { actor: by } });
    process.stdout.write(
      `${customerId} ${isFirst ? 'is erased' : 'was erased before'}; the agents are told.\n`,
    );
  });
}

async function eraseAgain(): Promise<void> {
  await withKeys(async (keys, connection) => {
    const erased = await erasedCustomers(connection);
    let again = 0;
    for (const customerId of erased) if (await keys.erase(customerId)) again++;
    process.stdout.write(`${erased.length} customers were erased by the log; ${again} had a key again.\n`);
  });
}

async function rewrap(): Promise<void> {
  await whileConnected(async ({ personalData }) => {
    assertSealed(personalData);
    const store = openKeyStore(personalData.settings);
    try {
      const count = await rewrapKeys(store, openMasterKeys(personalData.settings));
      process.stdout.write(`${count} keys are wrapped anew; none is left under an older master key.\n`);
    } finally {
      await store.close();
    }
  });
}

async function withKeys(work: (keys: CustomerKeys, connection: Connection) => Promise<void>): Promise<void> {
  await whileConnected(async (connection) => {
    assertSealed(connection.personalData);
    const keys = openCustomerKeys(connection.personalData.settings);
    try {
      if (keys) await work(keys, connection);
    } finally {
      await keys?.close();
    }
  });
}
