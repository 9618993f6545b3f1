import type { LetterStatus, LetterSummary } from './letter.js';

/** Which letters; every condition that is given has to hold. */
export interface LetterFilter {
  readonly agentId?: string;
  readonly code?: string;
  readonly messageType?: string;
  readonly customerId?: string;
  /** Full name of the topic that the record came from, or the name without namespace. */
  readonly topic?: string;
  /** RFC 3339: given up at or after it. */
  readonly since?: string;
  /** RFC 3339: given up before it. */
  readonly until?: string;
  readonly status?: LetterStatus;
  /** The newest so many. Default: all. */
  readonly limit?: number;
}

/** Whether the letter meets what does not depend on what was done to it since. */
export function matchesOrigin(letter: LetterSummary, filter: LetterFilter, namespace: string): boolean {
  const { agentId, code, messageType, customerId, topic, since, until } = filter;
  if (agentId !== undefined && letter.agentId !== agentId) return false;
  if (code !== undefined && letter.code !== code) return false;
  if (messageType !== undefined && letter.messageType !== messageType) return false;
  if (customerId !== undefined && letter.customerId !== customerId) return false;
  if (topic !== undefined && letter.origin.topic !== topic && letter.origin.topic !== `${namespace}.${topic}`)
    return false;
  const at = Date.parse(letter.at);
  if (since !== undefined && !(at >= Date.parse(since))) return false;
  return until === undefined || at < Date.parse(until);
}

export function matchesStatus(letter: LetterSummary, filter: LetterFilter): boolean {
  return filter.status === undefined || letter.status === filter.status;
}
