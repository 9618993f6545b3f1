import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lanesOf, type Stage } from '@aika/contracts';
import type { TopicSpec } from '@aika/messaging/kafka';
import { PlatformError } from '../platform-error.js';
import { kafkaFolder } from '../repository.js';

/** One topic as deploy/kafka/topics.json declares it. */
export type TopicDeclaration = {
  /** With `{ns}` where the namespace goes, and `{stage}` in the one that is made for each stage with its own. */
  readonly name: string;
  readonly purpose: string;
  /** Agents read it, so that a topic for HIGH messages stands beside it. */
  readonly highLane?: boolean;
  /** "keyed": as many as every other topic that is keyed by customer. */
  readonly partitions: 'keyed' | number;
  readonly cleanup: 'delete' | 'compact';
  /** Days such as "7d", or "unlimited". */
  readonly retention: string;
  readonly maxMessageBytes: number;
  readonly compression: 'producer' | 'uncompressed' | 'gzip';
};

export type EnvironmentSize = {
  /** Chosen once per cluster: see topics.json. */
  readonly keyedPartitions: number;
  readonly replicationFactor: number;
  readonly minInsyncReplicas: number;
};

export type TopicsFile = {
  readonly environments: Readonly<Record<string, EnvironmentSize>>;
  readonly topics: readonly TopicDeclaration[];
};

export const DEFAULT_NAMESPACE = 'aika';
const DAY_MS = 86_400_000;

const topicRules: Readonly<Record<keyof TopicDeclaration, (value: unknown) => boolean>> = {
  highLane: (value) => value === undefined || typeof value === 'boolean',
  name: (value) => typeof value === 'string' && /^\{ns\}(\.[a-z][a-z0-9-]*)+(\.\{stage\})?$/.test(value),
  purpose: (value) => typeof value === 'string' && value.trim().length > 0,
  partitions: (value) => value === 'keyed' || isCount(value),
  cleanup: (value) => value === 'delete' || value === 'compact',
  retention: (value) => typeof value === 'string' && /^(unlimited|[1-9]\d*d)$/.test(value),
  maxMessageBytes: isCount,
  compression: (value) => ['producer', 'uncompressed', 'gzip'].includes(value as string),
};

const sizeRules: Readonly<Record<keyof EnvironmentSize, (value: unknown) => boolean>> = {
  keyedPartitions: isCount,
  replicationFactor: isCount,
  minInsyncReplicas: isCount,
};

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0;
}

/** What does not fit a rule: unknown fields too, because a misspelt one would silently mean nothing. */
function problemsOf(
  where: string,
  value: unknown,
  rules: Readonly<Record<string, (value: unknown) => boolean>>,
): string[] {
  if (typeof value !== 'object' || value === null) return [`${where} is no object`];
  const fields = value as Readonly<Record<string, unknown>>;
  return [
    ...Object.entries(rules)
      .filter(([field, fits]) => !fits(fields[field]))
      .map(([field]) => `${where}: "${field}" is missing or wrong (${JSON.stringify(fields[field])})`),
    ...Object.keys(fields)
      .filter((field) => !(field in rules))
      .map((field) => `${where}: "${field}" is not known`),
  ];
}

/**
 * Checks parsed JSON against what a topics file must be.
 * @throws PlatformError TOPICS_FILE_INVALID listing everything that is wrong
 */
export function parseTopicsFile(json: unknown): TopicsFile {
  const file = (json ?? {}) as Partial<Record<keyof TopicsFile, unknown>>;
  const environments = Object.entries(file.environments ?? {});
  const topics = Array.isArray(file.topics) ? (file.topics as unknown[]) : [];
  const names = topics.map((topic) => (topic as TopicDeclaration | null)?.name);
  const problems = [
    ...(environments.length === 0 ? ['"environments" is missing'] : []),
    ...(topics.length === 0 ? ['"topics" is missing'] : []),
    ...environments.flatMap(([name, size]) => problemsOf(`environment ${name}`, size, sizeRules)),
    ...environments
      .filter(([, size]) => notDurable(size as EnvironmentSize))
      .map(
        ([name]) =>
          `environment ${name}: ` +
          'minInsyncReplicas must be below replicationFactor, or one dead broker stops every write',
      ),
    ...topics.flatMap((topic, index) => problemsOf(`topic ${names[index] ?? index}`, topic, topicRules)),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map((name) => `topic ${name} is declared twice`),
  ];
  if (problems.length > 0) {
    throw new PlatformError(
      'TOPICS_FILE_INVALID',
      `The topics file is not valid:\n  ${problems.join('\n  ')}`,
    );
  }
  return file as TopicsFile;
}

function notDurable(size: EnvironmentSize): boolean {
  return size.minInsyncReplicas >= size.replicationFactor;
}

/** Reads deploy/kafka/topics.json. */
export function readTopicsFile(path: string = join(kafkaFolder(), 'topics.json')): TopicsFile {
  return parseTopicsFile(JSON.parse(readFileSync(path, 'utf8')));
}

/**
 * Every topic as the cluster is to have it.
 * @param environment sizes to use: laptop, test or production
 * @param namespace replaces the leading "aika"; isolates tests that share a cluster
 * @param stageTopics stages whose events have a topic of their own
 */
export function loadTopics(options: {
  readonly environment: string;
  readonly namespace?: string;
  readonly stageTopics?: readonly Stage[];
  readonly file?: TopicsFile;
}): readonly TopicSpec[] {
  const file = options.file ?? readTopicsFile();
  const size = file.environments[options.environment];
  if (!size) {
    const known = Object.keys(file.environments).join(', ');
    throw new PlatformError(
      'SETTING_INVALID',
      `There is no environment "${options.environment}"; there are ${known}.`,
    );
  }
  const { namespace = DEFAULT_NAMESPACE, stageTopics = [] } = options;
  return file.topics.flatMap((topic) =>
    namesOf(topic, stageTopics).map((name) => topicSpec(`${namespace}.${name}`, topic, size)),
  );
}

/** Without namespace: one topic for each stage that has its own, and the lane of HIGH messages beside an input. */
function namesOf({ name, highLane }: TopicDeclaration, stages: readonly Stage[]): readonly string[] {
  const bare = name.slice('{ns}.'.length);
  const names = bare.includes('{stage}') ? stages.map((stage) => bare.replace('{stage}', stage)) : [bare];
  return highLane ? names.flatMap(lanesOf) : names;
}

function topicSpec(name: string, topic: TopicDeclaration, size: EnvironmentSize): TopicSpec {
  return {
    name,
    partitions: topic.partitions === 'keyed' ? size.keyedPartitions : topic.partitions,
    replicationFactor: size.replicationFactor,
    config: {
      'cleanup.policy': topic.cleanup,
      'retention.ms': retentionMs(topic.retention),
      'min.insync.replicas': String(size.minInsyncReplicas),
      'max.message.bytes': String(topic.maxMessageBytes),
      'compression.type': topic.compression,
      // The brokers' clock, not the sender's: a message is judged to be from the future by when it was received,
      // and an agent whose clock is wrong must not make its messages unreadable.
      'message.timestamp.type': 'LogAppendTime',
    },
  };
}

function retentionMs(retention: string): string {
  return retention === 'unlimited' ? '-1' : String(Number(retention.slice(0, -1)) * DAY_MS);
}
