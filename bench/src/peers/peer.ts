import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@aika/testing';
import { benchFolder } from '../cluster/bench-cluster.js';
import { BenchProcess } from '../processes/bench-process.js';
import { PEER_VARIABLE, type PeerSettings } from './peer-settings.js';
import { streamsCommand } from './kafka-streams.js';

/** Someone who does the benchmark's work in a process of its own. */
export interface Peer {
  readonly name: string;
  readonly title: string;
  readonly exactlyOnce: boolean;
  readonly withState: boolean;
  /** Part of the messages that this peer gets: a slow one must not take the whole day. */
  readonly share: number;
  readonly start: (settings: PeerSettings) => Promise<BenchProcess>;
}

/** All peers in the order of the report: ours first. */
export const PEERS: readonly Peer[] = [
  {
    name: 'aika',
    title: 'Aika, exactly once, with state',
    exactlyOnce: true,
    withState: true,
    share: 1,
    start: node('aika'),
  },
  {
    name: 'aika-stateless',
    title: 'Aika, exactly once, without state',
    exactlyOnce: true,
    withState: false,
    share: 1,
    start: node('aika'),
  },
  {
    name: 'kafka-streams',
    title: 'Kafka Streams, exactly_once_v2, persistent store',
    exactlyOnce: true,
    withState: true,
    share: 1,
    start: startStreams,
  },
  {
    name: 'kafkajs-transactions',
    title: 'kafkajs, one transaction per fetched batch',
    exactlyOnce: true,
    withState: false,
    share: 1,
    start: node('kafkajs'),
  },
  {
    name: 'kafkajs',
    title: 'kafkajs, at least once',
    exactlyOnce: false,
    withState: false,
    share: 1,
    start: node('kafkajs'),
  },
  {
    name: 'nest',
    title: "Nest's ServerKafka and ClientKafka, at least once",
    exactlyOnce: false,
    withState: false,
    share: 0.05,
    start: node('nest'),
  },
];

/** A peer of this package. `BENCH_NODE_OPTIONS` goes to its Node, such as --cpu-prof. */
function node(folder: string): Peer['start'] {
  return async (settings) =>
    BenchProcess.start({
      name: settings.name,
      program: process.execPath,
      args: [
        ...(process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter((option) => option !== ''),
        '--no-warnings',
        join(repositoryRoot(), 'bench', 'dist', 'peers', folder, 'main.js'),
      ],
      env: {
        [PEER_VARIABLE]: JSON.stringify(settings),
        KAFKA_BROKERS: settings.brokers.join(','),
        AIKA_NAMESPACE: settings.namespace,
        AIKA_INSTANCE_ID: settings.name,
        AIKA_HTTP_PORT: '0',
        AIKA_STATE_DIR: settings.withState ? copyOf(settings.name) : '',
        NODE_ENV: 'production',
      },
      logFile: benchFolder('logs', `${settings.name}.log`),
    });
}

/** Where one of ours keeps its state on disk, as it does wherever it is deployed. */
function copyOf(name: string): string {
  return benchFolder('state', name);
}

/** The next start of this one of ours begins without a copy of its state. */
export function forgetCopy(name: string): void {
  rmSync(copyOf(name), { recursive: true, force: true });
}

async function startStreams(settings: PeerSettings): Promise<BenchProcess> {
  const logFile = benchFolder('logs', `${settings.name}.log`);
  return BenchProcess.start({ name: settings.name, ...(await streamsCommand(settings)), env: {}, logFile });
}
