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
