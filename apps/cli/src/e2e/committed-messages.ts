import { lanesOf, topicOf } from '@aika/contracts';
import { readCommittedWithJava } from '@aika/testing';

/** The parts of a message that the checks count. */
export interface CommittedMessage {
  readonly messageId: string;
  readonly messageType: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** All committed messages of a topic in all its lanes, as Apache Kafka's own Java consumer reads them. */
export async function committedMessages(
  brokers: readonly string[],
  namespace: string,
  topic: string,
): Promise<readonly CommittedMessage[]> {
  const topics = lanesOf(topic).map((name) => topicOf(namespace, name));
  const messages: CommittedMessage[] = [];
  for await (const { value } of readCommittedWithJava(brokers, topics)) {
    if (value !== null) messages.push(JSON.parse(value) as CommittedMessage);
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
