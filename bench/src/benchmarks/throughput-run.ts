import { topicOf } from '@aika/contracts';
import { createAgentTopics, type BenchCluster } from '../cluster/bench-cluster.js';
import { faultsOf } from '../meter/output-check.js';
import { OutputMeter } from '../meter/output-meter.js';
import { UsageSampler } from '../meter/process-usage.js';
import { throughputWindow } from '../meter/throughput-window.js';
import type { Peer } from '../peers/peer.js';
import type { PeerSettings } from '../peers/peer-settings.js';

const STALL_MS = 60_000;

/** What one run of a peer gave. */
export interface ThroughputSample {
  /** Messages a second. */
  readonly rate: number;
  /** CPU of the peer's process a message, microseconds. */
  readonly cpuMicros: number;
  /** CPU of all brokers a message, microseconds. */
  readonly brokerCpuMicros: number;
  /** The most memory that the peer's process held, MB. */
  readonly memoryMb: number;
}

export interface ThroughputRun {
  readonly cluster: BenchCluster;
  /** Unique in the cluster. */
  readonly name: string;
  readonly peer: Peer;
  readonly inputTopic: string;
  readonly warmUp: number;
  readonly measured: number;
  /** All that stands in the input topic; a peer that gets a share of it stops before the end. */
  readonly inputs: number;
  readonly signal: AbortSignal;
}

/** What a peer's process is told in this run. */
export function settingsOf({ cluster, name, peer, inputTopic }: ThroughputRun): PeerSettings {
  return {
    brokers: cluster.brokers,
    namespace: cluster.namespace,
    name,
    inputTopic,
    outputTopic: topicOf(cluster.namespace, 'notifications'),
    partitions: cluster.partitions,
    withState: peer.withState,
    transactional: peer.exactlyOnce,
  };
}

/**
 * Lets a peer work through the input topic from its beginning and measures it from outside.
 * @throws Error when it ends, stands still, or has lost or doubled something
 */
export async function runThroughput(run: ThroughputRun): Promise<ThroughputSample> {
  const { cluster, peer, name, warmUp, measured, signal } = run;
  const settings = settingsOf(run);
  await createAgentTopics(cluster, name);
  const meter = await OutputMeter.open(cluster.log, settings.outputTopic);
  const process = await peer.start(settings);
  const usage = new UsageSampler([process.pid]);
  const brokerUsage = new UsageSampler(cluster.brokerPids);
  try {
    const count = warmUp + measured;
    const assertAlive = (): void => process.assertRunning();
    const outputs = await meter.collect(count, { signal, stallMs: STALL_MS, assertAlive });
    usage.stop();
    brokerUsage.stop();
    if (count === run.inputs)
      refuseFaults(
        run,
        outputs.map(({ value }) => value),
      );
    const window = throughputWindow(
      outputs.map(({ appendedAt }) => appendedAt),
      warmUp,
      measured,
    );
    const micros = (sampler: UsageSampler): number =>
      (sampler.cpuMs(window.from, window.to) * 1000) / window.messages;
    return {
      rate: window.rate,
      cpuMicros: micros(usage),
      brokerCpuMicros: micros(brokerUsage),
      memoryMb: usage.peakMemoryMb,
    };
  } finally {
    usage.stop();
    brokerUsage.stop();
    await process.stop();
  }
}

function refuseFaults({ peer, inputs }: ThroughputRun, values: readonly string[]): void {
  const faults = faultsOf(values, { inputs, exactlyOnce: peer.exactlyOnce, withState: peer.withState });
  if (faults.length > 0) throw new Error(`${peer.name} did not do the work: ${faults.join('; ')}.`);
}
