import { type Catalogue, catalogue as messages } from '@aika/contracts';
import { type MessageLog, MessageSender } from '@aika/messaging';
import { createKafkaLog } from '@aika/messaging/kafka';
import { withPersonalData } from '@aika/personal-data';
import { findPlatform, PlatformError, type RunningBrokers, stageTopicsSetting } from '@aika/testing';
import { findPersonalData, type PersonalData } from '../person/personal-data.js';
import { cliSettings } from './cli-settings.js';

/** How messages that people send by the command line name their sender. */
export const CLI_SENDER = 'aika-cli';

export interface Connection {
  readonly log: MessageLog;
  readonly namespace: string;
  /** How it is kept there. */
  readonly personalData: PersonalData;
  /** The messages, with the topics that stages have here. */
  readonly catalogue: Catalogue;
  sender(): Promise<MessageSender>;
  close(): Promise<void>;
}

export interface ConnectOptions {
  /** Default true: opens what is sealed of people, where keys are given. False: it stays as it is on the log. */
  readonly isOpened?: boolean;
}

/** Brokers, and whose they are. */
export type Cluster = Pick<RunningBrokers, 'brokers' | 'clusterId'>;

/** Connects to brokers. @throws PlatformError `SETTING_INVALID` for a wrong setting */
export function connect(
  { brokers, clusterId }: Cluster,
  namespace: string,
  { isOpened = true }: ConnectOptions = {},
): Connection {
  const catalogue = messages.withStageTopics(stageTopicsSetting());
  const bare = createKafkaLog({
    brokers: [...brokers],
    clientId: CLI_SENDER,
    compression: cliSettings().compression,
  });
  const personalData = findPersonalData({ clusterId });
  const log = isOpened
    ? withPersonalData(bare, { ...personalData.settings, namespace }, { catalogue })
    : bare;
  let sender: Promise<MessageSender> | undefined;
  return {
    log,
    namespace,
    personalData,
    catalogue,
    sender: () => (sender ??= MessageSender.create({ log, catalogue, namespace, sourceAgentId: CLI_SENDER })),
    close: async () => {
      await (await sender)?.close();
      await log.close();
    },
  };
}

/** Connects to the cluster that runs. @throws PlatformError `CLUSTER_NOT_RUNNING` */
export async function connectToRunning(options?: ConnectOptions): Promise<Connection> {
  return connect(await runningCluster(), cliSettings().namespace, options);
}

/** Works on the cluster that runs, and closes the connection. @throws PlatformError `CLUSTER_NOT_RUNNING` */
export async function whileConnected<T>(
  work: (connection: Connection) => Promise<T>,
  options?: ConnectOptions,
): Promise<T> {
  const connection = await connectToRunning(options);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/** @throws PlatformError `CLUSTER_NOT_RUNNING` */
export async function runningCluster(): Promise<Cluster> {
  const platform = await findPlatform();
  if (platform) return platform;
  throw new PlatformError(
    'CLUSTER_NOT_RUNNING',
    'No brokers are running here; start them with "aika up" or "npm start".',
  );
}
