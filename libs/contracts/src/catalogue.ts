import type { MessageDefinition } from './message-definition.js';
import * as messages from './messages/messages.js';

/** The message types that a program understands. */
export interface Catalogue {
  get(type: string): MessageDefinition | undefined;
  /** Every definition; the product's own stand in alphabetical order. */
  all(): readonly MessageDefinition[];
  commands(): readonly MessageDefinition[];
  events(): readonly MessageDefinition[];
  /** This catalogue and more. @throws Error when a type is declared twice. */
  with(definitions: readonly MessageDefinition[]): Catalogue;
}

/**
 * A catalogue of the given definitions; the same definition given twice counts once.
 *
 * @throws Error when two different definitions claim the same type.
 */
export function createCatalogue(definitions: readonly MessageDefinition[]): Catalogue {
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
  return {
    get: (type) => byType.get(type),
    all: () => all,
    commands: () => commands,
    events: () => events,
    with: (more) => createCatalogue([...all, ...more]),
  };
}

/** The product's own messages. */
export const catalogue: Catalogue = createCatalogue(Object.values(messages));
