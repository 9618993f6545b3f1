import { rm } from 'node:fs/promises';
import { stopPlatform, stopPostgres } from '@aika/testing';
import type { Command } from 'commander';
import { deleteLocalKeys } from '../person/local-keys.js';
import { runFolder } from '../processes/run-folder.js';
import { reportFailure } from './report-failure.js';

type DownOptions = { readonly wipe?: boolean };

/** `aika down`: stops the brokers and the PostgreSQL of this clone, also those that a crash left behind. */
export function registerDown(program: Command): void {
  program
    .command('down')
    .description('stop the Kafka brokers and the PostgreSQL of this clone')
    .option('--wipe', 'also delete all their data')
    .action((options: DownOptions) => reportFailure(() => down(options)));
}

async function down({ wipe = false }: DownOptions): Promise<void> {
  const hadDatabase = await stopPostgres({ wipe });
  const { stopped, wiped } = await stopPlatform({ wipe });
  process.stdout.write(stopped.length > 0 ? 'The brokers are stopped.\n' : 'No brokers were running.\n');
  if (hadDatabase) process.stdout.write('PostgreSQL is stopped.\n');
  // Copies of what is gone now.
  // Seals of a trail that is gone would keep the next one from being sealed.
  const { stateDir, audit } = runFolder();
  for (const folder of wipe ? [stateDir, audit.sealsDir] : [])
    await rm(folder, { recursive: true, force: true });
  for (const clusterId of wiped) deleteLocalKeys(clusterId);
  if (wipe) process.stdout.write('Their data are deleted.\n');
}
