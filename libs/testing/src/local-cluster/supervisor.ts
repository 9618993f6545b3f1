import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { PlatformError } from '../platform-error.js';
import { renderBrokerProperties, type NodeAddress } from './broker-config.js';
import { BrokerProcess, formatStorage, logDirOf, propertiesOf, type BrokerFiles } from './broker-process.js';
import { removeState, stateFileOf, writeState, type ClusterState } from './cluster-state.js';
import { serveControl, type ControlAddress, type ControlRequest } from './control-channel.js';
import { identify, type ProcessIdentity } from './process-identity.js';

/** What whoever starts a supervisor tells it, as JSON on its command line. */
export type SupervisorTask = BrokerFiles & {
  readonly nodes: readonly NodeAddress[];
  /** Template of the brokers' properties. */
  readonly propertiesTemplate: string;
  readonly leased: boolean;
  readonly owner: ProcessIdentity;
};

const GRACE_MS = 15_000;
/** A broker that is not up yet has nothing to hand over; what it has on disk outlives its kill. */
const STARTING_GRACE_MS = 2_000;

/**
 * Parent of the three brokers. It outlives crashes of the program that uses the cluster for exactly as long
 * as it takes to stop them, so that no JVM is left behind.
 */
export class Supervisor {
  private readonly brokers: readonly BrokerProcess[];
  private readonly stateFile: string;
  private phase: ClusterState['phase'] = 'starting';
  private control: { address: ControlAddress; server: Server } | undefined;
  private stopping: Promise<void> | undefined;
  private formatting: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly task: SupervisorTask,
    private readonly onProgress: (line: string) => void,
    /** Called when all is stopped and whoever asked for it has been answered. */
    private readonly onEnded: () => void,
  ) {
    this.stateFile = stateFileOf(task.dataDir);
    this.brokers = task.nodes.map((node) => new BrokerProcess(node, task, () => this.record()));
  }

  /** Formats what is new, starts all brokers and resolves when the controller has unfenced each of them. */
  async start(): Promise<void> {
    await mkdir(join(this.task.dataDir, 'logs'), { recursive: true });
    this.control = await serveControl((request) => this.handle(request));
    this.record();
    this.writeProperties();
    this.onProgress(`Preparing storage in ${this.task.dataDir}`);
    const formatting = Promise.allSettled(this.brokers.map(({ node }) => formatStorage(this.task, node.id)));
    this.formatting = formatting;
    for (const result of await formatting) if (result.status === 'rejected') throw result.reason;
    this.onProgress(`Starting ${this.brokers.length} brokers`);
    await Promise.all(this.brokers.map((broker) => this.startInitially(broker)));
    if (this.stopping)
      throw new PlatformError('CLUSTER_NOT_STARTED', 'The cluster was told to stop while it started.');
    this.phase = 'running';
    this.record();
  }

  private async startInitially(broker: BrokerProcess): Promise<void> {
    if (this.stopping) return; // The owner died while storage was formatted.
    await broker.start();
    this.onProgress(`Broker ${broker.node.id} is up on 127.0.0.1:${broker.node.port}`);
  }

  /** Stops all brokers, once, however often and by whomever it is asked for. */
  stop(): Promise<void> {
    this.stopping ??= this.stopBrokers();
    return this.stopping;
  }

  private async stopBrokers(): Promise<void> {
    const graceMs = this.phase === 'starting' ? STARTING_GRACE_MS : GRACE_MS;
    this.phase = 'stopping';
    this.record();
    // A formatter that went on alone would meet the next start's in the same folder.
    await this.formatting;
    await Promise.all(
      this.brokers.map((broker) => (this.task.throwAway ? broker.signal('SIGKILL') : broker.stop(graceMs))),
    );
    removeState(this.stateFile);
    if (this.control) this.control.server.close(() => this.onEnded());
    else this.onEnded();
  }

  private async handle(request: ControlRequest): Promise<void> {
    switch (request.do) {
      case 'ping':
        return;
      case 'stop':
        return this.stop();
      case 'kill':
        return this.broker(request.id).signal(request.signal);
      case 'start':
        if (this.stopping) throw new PlatformError('CLUSTER_NOT_RUNNING', 'the cluster is stopping');
        return this.broker(request.id).start();
      default:
        return request satisfies never;
    }
  }

  private broker(id: number): BrokerProcess {
    const broker = this.brokers.find(({ node }) => node.id === id);
    if (!broker) throw new PlatformError('CLUSTER_NOT_RUNNING', `there is no broker ${id}`);
    return broker;
  }

  private writeProperties(): void {
    const template = readFileSync(this.task.propertiesTemplate, 'utf8');
    for (const { node } of this.brokers) {
      const logDir = logDirOf(this.task.dataDir, node.id);
      writeFileSync(
        propertiesOf(this.task.dataDir, node.id),
        renderBrokerProperties(template, node, this.task.nodes, logDir),
      );
    }
  }

  private record(): void {
    const supervisor = identify(process.pid);
    if (!supervisor || !this.control) return;
    writeState(this.stateFile, {
      version: 1,
      clusterId: this.task.clusterId,
      phase: this.phase,
      leased: this.task.leased,
      owner: this.task.owner,
      supervisor,
      control: this.control.address,
      nodes: this.brokers.map(({ node, identity }) => ({ ...node, process: identity })),
    });
  }
}
