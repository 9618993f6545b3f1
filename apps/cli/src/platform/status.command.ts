import { createKafkaAdmin } from '@aika/messaging/kafka';
import { findPlatform, findPostgresUrl, PlatformError, postgresSettings } from '@aika/testing';
import type { Command } from 'commander';
import { cliSettings } from '../commands/cli-settings.js';
import { connect } from '../commands/connection.js';
import { readAgentCards } from '@aika/messaging';
import { answers } from '../processes/answers.js';
import { EDGE_APPS } from '../processes/edge-processes.js';
import { edgePorts } from '../processes/fleet-ports.js';
import { type EdgeStatus, readStatus, type PlatformStatus } from './platform-status.js';
import { reportFailure } from './report-failure.js';
import { statusReport } from './status-report.js';

type StatusOptions = { readonly json?: boolean };

/** `aika status`: brokers, topics, agents with their instances, and groups with their lag. */
export function registerStatus(program: Command): void {
  program
    .command('status')
    .description('brokers, topics, agents with their instances, and consumer groups with their lag')
    .option('--json', 'one JSON object on standard output')
    .action((options: StatusOptions) => reportFailure(() => status(options)));
}

async function status({ json }: StatusOptions): Promise<void> {
  const found = await askCluster();
  process.stdout.write(json ? `${JSON.stringify(found)}\n` : statusReport(found));
}

async function askCluster(): Promise<PlatformStatus> {
  const { namespace } = cliSettings();
  const platform = await findPlatform();
  if (!platform) {
    throw new PlatformError('CLUSTER_NOT_RUNNING', 'No brokers are running here; start them with "aika up".');
  }
  const admin = createKafkaAdmin({ brokers: [...platform.brokers], clientId: 'aika-status' });
  const { log, personalData, close } = connect(platform, namespace);
  try {
    const { kind, brokers } = platform;
    const [found, edge] = await Promise.all([
      readStatus({ kind, brokers, namespace }, admin, () => readAgentCards(log, namespace)),
      edgeStatus(),
    ]);
    return { ...found, database: databaseStatus(), edge, personalData: personalData.told };
  } finally {
    await Promise.all([admin.close(), close()]);
  }
}

/** Given, running here, or not; a given one is not asked. Never its URL, which may hold a password. */
function databaseStatus(): PlatformStatus['database'] {
  if (postgresSettings().givenUrl !== undefined) return 'given';
  return findPostgresUrl() === undefined ? 'down' : 'up';
}

async function edgeStatus(): Promise<readonly EdgeStatus[]> {
  const ports = edgePorts();
  return Promise.all(
    EDGE_APPS.map(async (app) => {
      const url = `http://127.0.0.1:${ports[app]}`;
      return { app, url, status: (await answers(`${url}/health/ready`)) ? 'up' : 'down' } as const;
    }),
  );
}
