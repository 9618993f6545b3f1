import type { MessageDefinition, Stage } from '@aika/contracts';
import type { EffectDefinition } from './effect.js';

/** What an agent is to the rest of the system. Stated once: subscriptions, checks and its card follow from it. */
export interface AgentManifest {
  /** Such as `claims-processing-agent`: the `sourceAgentId` of all it emits, and its consumer group. */
  readonly id: string;
  /** The topic of messages for this agent alone, without namespace: `agent.claims`. */
  readonly inbox: string;
  readonly handles: readonly MessageDefinition[];
  readonly emits: readonly MessageDefinition[];
  readonly effects?: readonly EffectDefinition[];
  /**
   * Only messages of these stages; all when absent. An event of another stage is passed over, by its header
   * where it has one, without being parsed.
   */
  readonly stages?: readonly Stage[];
  /**
   * The steward answers for records on the shared topics that belong to nobody (no JSON, an unknown type):
   * it alone sends them to the dead letters. One agent of a system is its steward.
   */
  readonly steward?: boolean;
}

/** A manifest with its literal types, so that a context knows what this agent may emit. */
export type AgentDefinition<M extends AgentManifest = AgentManifest> = Readonly<M>;

/** The messages that agent `A` may emit. */
export type EmitsOf<A extends AgentManifest> = A['emits'][number];

/**
 * Declares an agent.
 *
 * @throws TypeError when a message is named twice, or a command is handled that another agent owns, or one of a
 * stage that the agent leaves out: nobody else would handle it
 */
export function defineAgent<const M extends AgentManifest>(manifest: M): AgentDefinition<M> {
  assertNamedOnce(manifest.id, 'handles', manifest.handles);
  assertNamedOnce(manifest.id, 'emits', manifest.emits);
  for (const definition of manifest.handles) {
    if (definition.kind === 'command') assertCommandIsTaken(manifest, definition);
  }
  return Object.freeze({ ...manifest });
}

function assertCommandIsTaken(
  { id, stages }: AgentManifest,
  { type, owner, stage }: MessageDefinition,
): void {
  if (owner !== id) {
    throw new TypeError(`${id} handles the command ${type}, which ${owner} owns: a command has one owner.`);
  }
  if (stages?.includes(stage) === false) {
    throw new TypeError(`${id} handles the command ${type} of stage ${stage}, which its stages leave out.`);
  }
}

function assertNamedOnce(agentId: string, list: string, definitions: readonly MessageDefinition[]): void {
  const seen = new Set<string>();
  for (const { type } of definitions) {
    if (seen.has(type)) throw new TypeError(`${agentId} names ${type} twice in "${list}".`);
    seen.add(type);
  }
}
