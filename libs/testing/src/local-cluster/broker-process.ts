import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlatformError } from '../platform-error.js';
import { runCommand } from '../run-command.js';
import type { NodeAddress } from './broker-config.js';
import { ClassArchive } from './class-archive.js';
import { brokerMarker } from './cluster-state.js';
import { identify, sendSignal, type ProcessIdentity } from './process-identity.js';

/** What all brokers of a cluster share. */
export type BrokerFiles = {
  readonly java: string;
  /** Folder of the verified jars. */
  readonly libs: string;
  readonly log4jConfig: string;
  readonly dataDir: string;
  readonly clusterId: string;
  /** Where the JVM's archive of Kafka's classes is kept. */
  readonly classArchive: string;
  /** True when nobody will read the data again: brokers are killed instead of shut down. */
  readonly throwAway: boolean;
};

/** Ten times what an idle machine takes: a busy one must not fail for being busy. */
const START_TIMEOUT_MS = 180_000;
const FORMAT_TIMEOUT_MS = 60_000;
const READY = 'Kafka Server started';
const KEPT_ERROR_LINES = 15;
const KEPT_LOG_ERRORS = 5;

/** A cluster of minutes never earns back what the optimising compiler costs while it starts. */
const SHORT_LIVED_FLAGS = ['-XX:TieredStopAtLevel=1'];

const RECORDING_NODE = 1;
/** Exit code of a JVM that was asked to end: 128 + SIGTERM. */
const ENDED_IN_PEACE = 143;

/** Serial collector: three heaps on one small machine; the others' threads cost more than they save. */
const JVM_FLAGS = ['-Xmx512m', '-Xms128m', '-XX:+UseSerialGC', '-XX:+ExitOnOutOfMemoryError'];

export const logDirOf = (dataDir: string, id: number): string => join(dataDir, `node-${id}`);
export const propertiesOf = (dataDir: string, id: number): string => join(dataDir, `node-${id}.properties`);
export const brokerLogOf = (dataDir: string, id: number): string => join(dataDir, 'logs', `broker-${id}.log`);

/** The last errors in a broker's log: what a person would look for first. */
function errorsIn(log: string): readonly string[] {
  if (!existsSync(log)) return [];
  const errors = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => /^\S+ (ERROR|FATAL) /.test(line));
  return errors.slice(-KEPT_LOG_ERRORS).map((line) => line.slice(0, 300));
}

/** Writes a node's storage header, unless it has one from an earlier start. */
export async function formatStorage(files: BrokerFiles, id: number): Promise<void> {
  if (existsSync(join(logDirOf(files.dataDir, id), 'meta.properties'))) return;
  const result = await runCommand(
    files.java,
    [
      ...['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', `-Dlog4j2.configurationFile=${files.log4jConfig}`],
      `-Daika.log.file=${join(files.dataDir, 'logs', `format-${id}.log`)}`,
      ...['-cp', join(files.libs, '*'), 'kafka.tools.StorageTool', 'format'],
      ...['-t', files.clusterId, '-c', propertiesOf(files.dataDir, id)],
    ],
    { timeoutMs: FORMAT_TIMEOUT_MS },
  );
  if (result.code !== 0) {
    throw new PlatformError(
      'CLUSTER_NOT_STARTED',
      `Storage of broker ${id} was not formatted:\n${result.stderr}`,
    );
  }
}

/** One broker's JVM: a child of the supervisor, started, watched and ended here. */
export class BrokerProcess {
  private child: ChildProcess | undefined;
  private exited: Promise<void> = Promise.resolve();
  private errorLines: string[] = [];
  private readonly archive: ClassArchive;
  identity: ProcessIdentity | null = null;

  constructor(
    readonly node: NodeAddress,
    private readonly files: BrokerFiles,
    /** Called whenever the broker's process appears or is gone. */
    private readonly onChange: () => void,
  ) {
    this.archive = new ClassArchive(files.classArchive, files.clusterId);
  }

  get running(): boolean {
    return this.child !== undefined;
  }

  /**
   * Starts the broker and resolves when the controller has registered and unfenced it.
   * @throws PlatformError BROKER_NOT_STARTED with the end of its log
   */
  async start(): Promise<void> {
    if (this.child) return;
    const child = spawn(this.files.java, this.arguments(), { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    this.errorLines = [];
    this.identity = child.pid === undefined ? null : (identify(child.pid) ?? null);
    this.exited = new Promise((resolve) => {
      const gone = () => {
        this.child = undefined;
        this.identity = null;
        resolve();
        this.onChange();
      };
      child.once('exit', (code) => {
        if (this.node.id === RECORDING_NODE) this.archive.keepRecording(code === ENDED_IN_PEACE);
        gone();
      });
      child.once('error', (error) => {
        this.errorLines.push(error.message);
        gone();
      });
    });
    child.stderr.on('data', (chunk: Buffer) => this.keepErrorLines(chunk.toString()));
    this.onChange();
    await this.ready(child);
  }

  private arguments(): readonly string[] {
    const { clusterId, dataDir, libs, log4jConfig, throwAway } = this.files;
    return [
      ...JVM_FLAGS,
      ...(throwAway ? SHORT_LIVED_FLAGS : []),
      ...this.archive.jvmFlags(!throwAway && this.node.id === RECORDING_NODE),
      brokerMarker(clusterId, this.node.id),
      `-Dlog4j2.configurationFile=${log4jConfig}`,
      `-Daika.log.file=${brokerLogOf(dataDir, this.node.id)}`,
      ...['-cp', join(libs, '*'), 'kafka.Kafka', propertiesOf(dataDir, this.node.id)],
    ];
  }

  private ready(child: ChildProcess): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (what: string) => reject(this.notStarted(what));
      const timer = setTimeout(() => fail(`was not ready in ${START_TIMEOUT_MS / 1000} s`), START_TIMEOUT_MS);
      void this.exited.then(() => {
        clearTimeout(timer);
        fail('ended while it started');
      });
      child.stdout?.on('data', (chunk: Buffer) => {
        if (!chunk.toString().includes(READY)) return;
        clearTimeout(timer);
        resolve();
      });
    });
  }

  private notStarted(what: string): PlatformError {
    const log = brokerLogOf(this.files.dataDir, this.node.id);
    const lines = [...errorsIn(log), ...this.errorLines];
    const tail = lines.length > 0 ? `\n${lines.join('\n')}` : '';
    return new PlatformError(
      'BROKER_NOT_STARTED',
      `Broker ${this.node.id} ${what}; its log is ${log}${tail}`,
    );
  }

  private keepErrorLines(text: string): void {
    this.errorLines = [...this.errorLines, ...text.split('\n').filter((line) => line.trim() !== '')].slice(
      -KEPT_ERROR_LINES,
    );
  }

  /** Sends a signal; for one that ends the process, waits until it is gone. */
  async signal(signal: NodeJS.Signals): Promise<void> {
    if (this.child?.pid === undefined) return;
    sendSignal(this.child.pid, signal);
    if (signal === 'SIGKILL' || signal === 'SIGTERM' || signal === 'SIGINT') await this.exited;
  }

  /** SIGTERM, and SIGKILL if the broker has not gone within `graceMs`. */
  async stop(graceMs: number): Promise<void> {
    const child = this.child;
    if (child?.pid === undefined) return;
    // A broker that a test has frozen would never see the SIGTERM.
    sendSignal(child.pid, 'SIGCONT');
    sendSignal(child.pid, 'SIGTERM');
    const kill = setTimeout(() => child.kill('SIGKILL'), graceMs);
    await this.exited;
    clearTimeout(kill);
  }
}
