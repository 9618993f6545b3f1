import { startPlatform } from '@aika/testing';
import type { Command } from 'commander';
import { reportFailure } from './report-failure.js';

type UpOptions = { readonly environment: string; readonly json?: boolean };

/** `aika up`: brings up the brokers and creates the topics; they stay until `aika down`. */
export function registerUp(program: Command): void {
  program
    .command('up')
    .description('start the three Kafka brokers and create every topic; repeats are harmless')
    .option('--environment <name>', 'sizes of deploy/kafka/topics.json: laptop, test or production', 'laptop')
    .option('--json', 'one JSON object on standard output')
    .action((options: UpOptions) => reportFailure(() => up(options)));
}

async function up({ environment, json }: UpOptions): Promise<void> {
  const progress = (line: string) => process.stderr.write(`  ${line}\n`);
  const platform = await startPlatform({ environment, lease: 'none', onProgress: progress });
  const { kind, brokers, attached, topics } = platform;
  if (json) {
    process.stdout.write(`${JSON.stringify({ kind, brokers, attached, topics })}\n`);
    return;
  }
  const count = topics.created.length + topics.existing.length;
  process.stdout.write(
    `${brokers.length} brokers ${attached ? 'were running' : 'are up'}: ${brokers.join(', ')}\n` +
      `${count} topics, ${topics.created.length} of them new\n` +
      'See them with "aika status", stop them with "aika down".\n',
  );
}
