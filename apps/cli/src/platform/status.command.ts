import { createKafkaAdmin } from '@aika/messaging/kafka';
import { findPlatform, PlatformError } from '@aika/testing';
import type { Command } from 'commander';
import { readStatus, type PlatformStatus, type ReadAgentCards } from './platform-status.js';
import { reportFailure } from './report-failure.js';
import { statusReport } from './status-report.js';

type StatusOptions = { readonly json?: boolean };

/**
 * `aika status`: brokers, topics, agents, and groups with their lag.
 * @param readCards how to read the live directory, if there is a reader for it
 */
export function registerStatus(
  program: Command,
  readCards: ReadAgentCards = () => Promise.resolve([]),
): void {
  program
    .command('status')
    .description('brokers, topics, agents, and consumer groups with their lag')
    .option('--json', 'one JSON object on standard output')
    .action((options: StatusOptions) => reportFailure(() => status(options, readCards)));
}

async function status({ json }: StatusOptions, readCards: ReadAgentCards): Promise<void> {
  const found = await askCluster(readCards);
  process.stdout.write(json ? `${JSON.stringify(found)}\n` : statusReport(found));
}

async function askCluster(readCards: ReadAgentCards): Promise<PlatformStatus> {
  const platform = await findPlatform();
  if (!platform) {
    throw new PlatformError('CLUSTER_NOT_RUNNING', 'No brokers are running here; start them with "aika up".');
  }
  const admin = createKafkaAdmin({ brokers: [...platform.brokers], clientId: 'aika-status' });
  try {
    return await readStatus(platform, admin, () => readCards(platform.brokers));
  } finally {
    await admin.close();
  }
}
