import { type Priority, type Stage, STAGES } from './envelope.js';

/** The product's topics, without the namespace that an installation puts before them. */
export const TOPIC_NAMES = [
  'commands',
  'events',
  'agent.risk',
  'agent.policy',
  'agent.claims',
  'agent.customer',
  'notifications',
  'audit',
] as const;

/** A topic's name within a namespace. */
export type TopicName = (typeof TOPIC_NAMES)[number];

/** The namespace when an installation names none. */
export const DEFAULT_NAMESPACE = 'aika';

/**
 * The topic's full name on the cluster.
 *
 * @example topicOf('aika', 'agent.risk') // 'aika.agent.risk'
 */
export function topicOf(namespace: string, name: TopicName | (string & {})): string {
  return `${namespace}.${name}`;
}

const HIGH_LANE = '.high';
const INPUTS = /^(commands|events|agent\..+|stage\..+)$/;

/**
 * Whether a lane for HIGH messages stands beside the topic: where an agent's work comes from. Notifications have none:
 * they are told in the order of their decisions.
 */
function hasHighLane(name: string): boolean {
  return INPUTS.test(name) && !name.endsWith(HIGH_LANE);
}

/**
 * The lanes of a topic (names without namespace): itself, and beside an input the lane of its HIGH messages.
 *
 * @example lanesOf('events') // ['events', 'events.high']
 * @example lanesOf('audit') // ['audit']
 */
export function lanesOf(name: TopicName | (string & {})): readonly string[] {
  return hasHighLane(name) ? [name, `${name}${HIGH_LANE}`] : [name];
}

/** The lane of a topic in which a message of this priority is written; LOW rides with NORMAL. */
export function laneOf(name: TopicName | (string & {}), priority: Priority): string {
  return priority === 'HIGH' && hasHighLane(name) ? `${name}${HIGH_LANE}` : name;
}

/** Whether a topic (with or without namespace) is the lane of HIGH messages. */
export function isHighLane(topic: string): boolean {
  return topic.endsWith(HIGH_LANE);
}

/** The topic of which this one is a lane; with or without namespace. */
export function withoutLane(topic: string): string {
  return isHighLane(topic) ? topic.slice(0, -HIGH_LANE.length) : topic;
}

/** The topic of a stage that the catalogue has given its own, without namespace. */
export function stageTopicOf(stage: Stage): string {
  return `stage.${stage}`;
}

/**
 * Reads the setting that names the stages with a topic of their own, comma separated; empty = none.
 *
 * @throws TypeError that names what is no stage
 */
export function parseStages(text: string): readonly Stage[] {
  const names = text.split(',').map((name) => name.trim());
  return names.filter(Boolean).map((name) => {
    const stage = STAGES.find((known) => known === name);
    if (stage === undefined) throw new TypeError(`"${name}" is no stage; there are ${STAGES.join(', ')}.`);
    return stage;
  });
}
