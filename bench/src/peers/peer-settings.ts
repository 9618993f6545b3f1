/** What a peer's process is told, as JSON in `BENCH_PEER`. */
export interface PeerSettings {
  readonly brokers: readonly string[];
  readonly namespace: string;
  /** Unique for each run: group, inbox, state and transactional ids are named by it. */
  readonly name: string;
  readonly inputTopic: string;
  readonly outputTopic: string;
  readonly partitions: number;
  readonly withState: boolean;
  readonly transactional: boolean;
}

export const PEER_VARIABLE = 'BENCH_PEER';

/** @throws Error when this process was not started by the benchmark */
export function peerSettings(env: NodeJS.ProcessEnv = process.env): PeerSettings {
  const text = env[PEER_VARIABLE];
  if (text === undefined) throw new Error(`${PEER_VARIABLE} is not set: peers are started by npm run bench.`);
  return JSON.parse(text) as PeerSettings;
}
