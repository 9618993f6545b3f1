import { type Postgres, startPlatform, startPostgres } from '@aika/testing';
import type { Command } from 'commander';
import { reportFailure } from './report-failure.js';

type UpOptions = { readonly environment: string; readonly json?: boolean };

/** `aika up`: brings up the brokers with their topics, and PostgreSQL; they stay until `aika down`. */
export function registerUp(program: Command): void {
  program
    .command('up')
    .description('start the three Kafka brokers with every topic, and PostgreSQL; repeats are harmless')
    .option('--environment <name>', 'sizes of deploy/kafka/topics.json: laptop, test or production', 'laptop')
    .option('--json', 'one JSON object on standard output')
    .action((options: UpOptions) => reportFailure(() => up(options)));
}

async function up({ environment, json }: UpOptions): Promise<void> {
  const progress = (line: string) => process.stderr.write(`  ${line}\n`);
  const platform = await startPlatform({ environment, lease: 'none', onProgress: progress });
  const { kind, brokers, attached, topics } = platform;
  // Beside brokers that somebody else runs there is somebody's database too, or none is wanted here.
  const postgres =
    kind === 'given' ? undefined : await startPostgres({ lease: 'none', onProgress: progress });
  if (json) {
    const database = postgres && { kind: postgres.kind, attached: postgres.attached };
    process.stdout.write(`${JSON.stringify({ kind, brokers, attached, topics, database })}\n`);
    return;
  }
  const count = topics.created.length + topics.existing.length;
  process.stdout.write(
    `${brokers.length} brokers ${attached ? 'were running' : 'are up'}: ${brokers.join(', ')}\n` +
      `${count} topics, ${topics.created.length} of them new\n` +
      databaseLine(postgres) +
      'See them with "aika status", stop them with "aika down".\n',
  );
}

/** A given URL may hold a password. */
function databaseLine(postgres: Postgres | undefined): string {
  if (!postgres) return '';
  const where = postgres.kind === 'given' ? 'DATABASE_URL' : postgres.url;
  return `PostgreSQL ${postgres.attached ? 'was running' : 'is up'}: ${where}\n`;
}
