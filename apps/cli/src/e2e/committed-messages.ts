import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { lanesOf, topicOf } from '@aika/contracts';
import { ensureKafkaInstalled } from '@aika/testing';

/** The parts of a message that the checks count. */
export interface CommittedMessage {
  readonly messageId: string;
  readonly messageType: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * All committed messages of a topic in all its lanes, read from its beginning by Apache Kafka's own console consumer (Java,
 * read_committed): what is claimed of exactly-once is checked with another client than the one that wrote.
 */
export async function committedMessages(
  brokers: readonly string[],
  namespace: string,
  topic: string,
): Promise<readonly CommittedMessage[]> {
  const libs = await ensureKafkaInstalled();
  const consumer = spawn(
    'java',
    [
      '-cp',
      join(libs, '*'),
      'org.apache.kafka.tools.consumer.ConsoleConsumer',
      ...['--bootstrap-server', brokers.join(',')],
      ...[
        '--include',
        lanesOf(topic)
          .map((name) => topicOf(namespace, name).replaceAll('.', '\\.'))
          .join('|'),
      ],
      '--from-beginning',
      ...['--isolation-level', 'read_committed'],
      ...['--timeout-ms', '8000'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let report = '';
  consumer.stderr.on('data', (chunk: Buffer) => (report += chunk.toString()));
  const messages: CommittedMessage[] = [];
  for await (const line of createInterface({ input: consumer.stdout })) {
    // The tool writes its own warnings among the messages.
    if (line.startsWith('{')) messages.push(JSON.parse(line) as CommittedMessage);
  }
  // Its own count at the end: a consumer that failed must not look like an empty topic.
  if (!report.includes(`Processed a total of ${messages.length} messages`)) {
    throw new Error(`The console consumer did not read ${topic} to its end:\n${report}`);
  }
  return messages;
}

export interface Verdict {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

/**
 * Counts messages of one type per claim: each of `claimIds` has exactly one. Repeated message ids count as
 * doubled too.
 */
export function exactlyOnePerClaim(
  messages: readonly CommittedMessage[],
  messageType: string,
  claimIds: readonly string[],
): Verdict {
  const counts = new Map<string, number>(claimIds.map((claimId) => [claimId, 0]));
  for (const { messageType: type, payload } of messages) {
    if (type !== messageType) continue;
    const claimId = String(payload['claimId']);
    counts.set(claimId, (counts.get(claimId) ?? 0) + 1);
  }
  return {
    lost: [...counts].filter(([, count]) => count === 0).map(([claimId]) => claimId),
    doubled: [...counts].filter(([, count]) => count > 1).map(([claimId]) => claimId),
  };
}
