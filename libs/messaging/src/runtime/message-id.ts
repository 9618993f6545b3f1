import { hash } from 'node:crypto';

/**
 * The id of an output: derived from who emits, the input's id and a discriminator (the emission's index), so
 * that a second run of the same input makes the same ids and readers can drop what they have seen.
 */
export function outputId(agentId: string, inputId: string, discriminator: string | number): string {
  return `msg-${hash('sha256', `${agentId}\n${inputId}\n${discriminator}`).slice(0, 32)}`;
}

/** The id of a record that names none: derived from where it stands. */
export function positionId(topic: string, partition: number, offset: number): string {
  return outputId('position', `${topic}/${partition}`, offset);
}

/**
 * A digest of what a message says (not of how its JSON is written or when it was sent): the same id with
 * another digest is two messages that claim to be one.
 */
export function contentDigest(content: {
  readonly messageType: string;
  readonly targetAgentId: string | null;
  readonly payload: unknown;
}): string {
  const text = JSON.stringify([content.messageType, content.targetAgentId, content.payload]);
  return hash('sha256', text, 'base64url').slice(0, 16);
}
