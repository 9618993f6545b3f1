import { catalogue } from '@aika/contracts';
import { type MessageLog, MessageSender } from '@aika/messaging';
import { createKafkaLog } from '@aika/messaging/kafka';
import { findPlatform, PlatformError } from '@aika/testing';
import { cliSettings } from './cli-settings.js';

/** How messages that people send by the command line name their sender. */
export const CLI_SENDER = 'aika-cli';

export interface Connection {
  readonly log: MessageLog;
  readonly namespace: string;
  sender(): Promise<MessageSender>;
  close(): Promise<void>;
}

/** Connects to given brokers. */
export function connect(brokers: readonly string[], namespace: string): Connection {
  const log = createKafkaLog({ brokers: [...brokers], clientId: CLI_SENDER });
  let sender: Promise<MessageSender> | undefined;
  return {
    log,
    namespace,
    sender: () => (sender ??= MessageSender.create({ log, catalogue, namespace, sourceAgentId: CLI_SENDER })),
    close: async () => {
      await (await sender)?.close();
      await log.close();
    },
  };
}

/** Connects to the cluster that runs. @throws PlatformError `CLUSTER_NOT_RUNNING` */
export async function connectToRunning(): Promise<Connection> {
  const platform = await findPlatform();
  if (!platform) {
    throw new PlatformError(
      'CLUSTER_NOT_RUNNING',
      'No brokers are running here; start them with "aika up" or "npm start".',
    );
  }
  return connect(platform.brokers, cliSettings().namespace);
}
