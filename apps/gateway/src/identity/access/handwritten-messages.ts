import { type Catalogue, DecideReferredClaim, type MessageDefinition } from '@aika/contracts';
import { EDGE_COMMANDS } from '../../commands/command-catalogue.js';
import type { Principal } from '../principal.js';
import { ACCESS_RULES } from './access-rules.js';

/** Steps whose events say that something was decided or paid: only agents say that. */
const BINDING_STAGES = ['decision', 'settlement'];

/**
 * Why the caller may not write this message whole, past the routes: it would be a decision that nobody made, or a
 * command that they may not give. Undefined where they may, and of types that the catalogue does not know.
 */
export function refusedByHand(
  catalogue: Catalogue,
  { messageType }: { readonly messageType?: unknown },
  principal: Principal,
): string | undefined {
  const definition = typeof messageType === 'string' ? catalogue.get(messageType) : undefined;
  if (definition === undefined) return undefined;
  if (isBinding(definition)) return `${definition.type} is not written by hand.`;
  const [route] = Object.entries(EDGE_COMMANDS).find(([, { command }]) => command === definition) ?? [];
  const roles = route === undefined ? undefined : ACCESS_RULES[route]?.roles;
  if (roles === undefined || roles.some((role) => principal.roles.includes(role))) return undefined;
  return `None of your roles may send ${definition.type}.`;
}

/**
 * Decisions carry who made them, which only the route for them can know; lines of the audit trail are written by what
 * they are about.
 */
export function isBinding({ kind, stage, type, topic }: MessageDefinition): boolean {
  if (topic === 'audit' || type === DecideReferredClaim.type) return true;
  return kind === 'event' && BINDING_STAGES.includes(stage);
}
