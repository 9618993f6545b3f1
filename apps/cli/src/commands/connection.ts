import { type Catalogue, catalogue as messages } from '@aika/contracts';
import { type MessageLog, MessageSender } from '@aika/messaging';
import { createKafkaLog } from '@aika/messaging/kafka';
import { withPersonalData } from '@aika/personal-data';
import { findPlatform, PlatformError, stageTopicsSetting } from '@aika/testing';
import { personalDataSettings } from '../person/personal-data-settings.js';
import { cliSettings } from './cli-settings.js';

/** How messages that people send by the command line name their sender. */
export const CLI_SENDER = 'aika-cli';

export interface Connection {
  readonly log: MessageLog;
  readonly namespace: string;
  /** The messages, with the topics that stages have here. */
  readonly catalogue: Catalogue;
  sender(): Promise<MessageSender>;
  close(): Promise<void>;
}

/** Connects to given brokers. @throws PlatformError `SETTING_INVALID` for a wrong setting */
export function connect(brokers: readonly string[], namespace: string): Connection {
  const catalogue = messages.withStageTopics(stageTopicsSetting());
  const bare = createKafkaLog({
    brokers: [...brokers],
    clientId: CLI_SENDER,
    compression: cliSettings().compression,
  });
  const log = withPersonalData(bare, { ...personalDataSettings(), namespace }, { catalogue });
  let sender: Promise<MessageSender> | undefined;
  return {
    log,
    namespace,
    catalogue,
    sender: () => (sender ??= MessageSender.create({ log, catalogue, namespace, sourceAgentId: CLI_SENDER })),
    close: async () => {
      await (await sender)?.close();
      await log.close();
    },
  };
}

/** Connects to the cluster that runs. @throws PlatformError `CLUSTER_NOT_RUNNING` */
export async function connectToRunning(): Promise<Connection> {
  return connect(await runningBrokers(), cliSettings().namespace);
}

/** The brokers of the cluster that runs. @throws PlatformError `CLUSTER_NOT_RUNNING` */
export async function runningBrokers(): Promise<readonly string[]> {
  const platform = await findPlatform();
  if (platform) return platform.brokers;
  throw new PlatformError(
    'CLUSTER_NOT_RUNNING',
    'No brokers are running here; start them with "aika up" or "npm start".',
  );
}
