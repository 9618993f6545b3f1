/** A broker has cut off what it or another one had told was committed to the partition. */
export interface BrokerLoss {
  readonly broker: string;
  readonly partition: string;
  /** As the broker's log has it. */
  readonly time: string;
  /** The first offset that was cut off. */
  readonly from: number;
  /** The highest high watermark that was known before. */
  readonly highWatermark: number;
}

interface Mark {
  readonly broker: string;
  readonly time: string;
  readonly partition: string;
  readonly offset: number;
  readonly isCut: boolean;
}

const LEADS = /(?:Leader|Follower) (\S+) .*?starts at leader epoch \d+ .*? high watermark (\d+)/;
const CUTS = /\[UnifiedLog partition=([^,\]]+).*?\] Truncating to offset (\d+)/;

/**
 * Reads the brokers' logs for truncations below a high watermark: acknowledged records that Kafka itself has lost.
 * What an agent then does twice, or not at all, is no fault of the agent's.
 *
 * @param logs text of each broker's log by the broker's name
 */
export function brokerLosses(logs: ReadonlyMap<string, string>): readonly BrokerLoss[] {
  const marks = [...logs].flatMap(([broker, text]) => marksIn(broker, text));
  marks.sort((a, b) => (a.time < b.time ? -1 : 1));
  const highest = new Map<string, number>();
  const losses: BrokerLoss[] = [];
  for (const { isCut, broker, partition, time, offset } of marks) {
    const highWatermark = highest.get(partition) ?? 0;
    if (!isCut) highest.set(partition, Math.max(highWatermark, offset));
    else if (offset < highWatermark) losses.push({ broker, partition, time, from: offset, highWatermark });
  }
  return losses;
}

function marksIn(broker: string, text: string): readonly Mark[] {
  return text.split('\n').flatMap((line): Mark[] => {
    const [time = ''] = line.split(' ', 1);
    const led = LEADS.exec(line);
    const cut = CUTS.exec(line);
    const [, partition, offset] = led ?? cut ?? [];
    if (partition === undefined) return [];
    return [{ broker, time, partition, offset: Number(offset), isCut: led === null }];
  });
}
