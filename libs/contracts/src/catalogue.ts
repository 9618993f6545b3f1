import type { Priority, Stage } from './envelope.js';
import type { MessageDefinition } from './message-definition.js';
import * as messages from './messages/messages.js';
import { laneOf, lanesOf, stageTopicOf, TOPIC_NAMES } from './topics.js';

/** The message types that a program understands. */
export interface Catalogue {
  get(type: string): MessageDefinition | undefined;
  /** Every definition; the product's own stand in alphabetical order. */
  all(): readonly MessageDefinition[];
  commands(): readonly MessageDefinition[];
  events(): readonly MessageDefinition[];
  /** This catalogue and more. @throws Error when a type is declared twice. */
  with(definitions: readonly MessageDefinition[]): Catalogue;
  /** Stages whose events have a topic of their own. */
  readonly stageTopics: readonly Stage[];
  /** The same messages, with a topic of its own for the events of each of these stages. */
  withStageTopics(stages: readonly Stage[]): Catalogue;
  /** The topic, without namespace, to which a message of this priority is written. Nobody else decides it. */
  topicFor(definition: Pick<MessageDefinition, 'kind' | 'topic' | 'stage'>, priority: Priority): string;
  /** Every topic, without namespace and with its lanes, on which events of the business may stand. */
  eventTopics(): readonly string[];
  /** Every topic, without namespace and with its lanes, on which the product's messages may stand. */
  messageTopics(): readonly string[];
}

/**
 * A catalogue of the given definitions; the same definition given twice counts once.
 *
 * @throws Error when two different definitions claim the same type.
 */
export function createCatalogue(
  definitions: readonly MessageDefinition[],
  stageTopics: readonly Stage[] = [],
): Catalogue {
  const byType = new Map<string, MessageDefinition>();
  for (const definition of definitions) {
    const known = byType.get(definition.type);
    if (known !== undefined && known !== definition) {
      throw new Error(`Message type ${definition.type} is declared twice.`);
    }
    byType.set(definition.type, definition);
  }
  const all = [...byType.values()];
  const commands = all.filter((definition) => definition.kind === 'command');
  const events = all.filter((definition) => definition.kind === 'event');
  const topicOf: Topic = ({ kind, topic, stage }) =>
    kind === 'event' && topic === 'events' && stageTopics.includes(stage) ? stageTopicOf(stage) : topic;
  const stages = stageTopics.map(stageTopicOf);
  return {
    get: (type) => byType.get(type),
    all: () => all,
    commands: () => commands,
    events: () => events,
    with: (more) => createCatalogue([...all, ...more], stageTopics),
    stageTopics,
    withStageTopics: (own) => createCatalogue(all, own),
    topicFor: (definition, priority) => laneOf(topicOf(definition), priority),
    eventTopics: () => ['events', ...stages].flatMap(lanesOf),
    messageTopics: () => [...TOPIC_NAMES, ...stages].flatMap(lanesOf),
  };
}

type Topic = (definition: Pick<MessageDefinition, 'kind' | 'topic' | 'stage'>) => string;

/** The product's own messages. */
export const catalogue: Catalogue = createCatalogue(Object.values(messages));
