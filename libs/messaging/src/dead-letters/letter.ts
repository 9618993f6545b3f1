import type { causeChain } from '../runtime/dead-letter.js';

/** Header names that belong to what is done with dead letters, beside those of the letter itself. */
export const LETTER_HEADER = {
  /** On `<namespace>.dlq`: this record is no letter but says what was done to the letter with this id. */
  resolves: 'aika-dlq-resolves',
  /** On a redriven message, and on the letter that it becomes when it fails again: the id of the letter. */
  redriveOf: 'aika-redrive-of',
} as const;

export const LETTER_STATUSES = ['open', 'redriven', 'dropped'] as const;
/** `redriven` covers edited letters too: `resolution.action` tells them apart. */
export type LetterStatus = (typeof LETTER_STATUSES)[number];

export const LETTER_ACTIONS = ['redrive', 'edit', 'drop'] as const;
export type LetterAction = (typeof LETTER_ACTIONS)[number];

/** What was done to a letter: the JSON value of a resolution on `<namespace>.dlq`. */
export interface LetterResolution {
  readonly action: LetterAction;
  /** The person or the program that did it. */
  readonly by: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly reason?: string;
  /** Id of the message that was sent; absent after a drop. */
  readonly newMessageId?: string;
}

/** Where the record that could not be handled stood. The topic is a full name. */
export interface LetterOrigin {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

/** A dead letter without its body and its causes: small enough to keep many. Holds no personal data. */
export interface LetterSummary {
  readonly id: string;
  readonly status: LetterStatus;
  readonly resolution?: LetterResolution;
  /** Why, for programs: `INVALID_PAYLOAD`, `HANDLER_FAILED`, or the handler's own code. */
  readonly code: string;
  /** The agent that gave it up. */
  readonly agentId: string;
  /** As the record's header or its JSON says; absent where it says nothing that looks like a type. */
  readonly messageType?: string;
  /** As the payload says, or the record's key where that looks like an id. */
  readonly customerId?: string;
  /** Id of the message that died. */
  readonly messageId: string;
  readonly origin: LetterOrigin;
  /** How often a handler had it. */
  readonly attempts: number;
  /** RFC 3339 UTC: when it was given up. */
  readonly at: string;
  /** RFC 3339 UTC: the timestamp of the record that died. */
  readonly recordedAt: string;
  /** The letter that this one was before it was redriven. */
  readonly redriveOf?: string;
  /** Length of the body. */
  readonly bytes: number;
  /** Where the letter itself stands on `<namespace>.dlq`. */
  readonly position: { readonly partition: number; readonly offset: number };
}

export type LetterCause = ReturnType<typeof causeChain>[number];

/** A dead letter with everything that is kept of it. */
export interface DeadLetter extends LetterSummary {
  /** Outermost first. */
  readonly causes: readonly LetterCause[];
  /** The original's bytes. */
  readonly key: Buffer | null;
  /** The original's bytes. */
  readonly body: Buffer;
  /** The original's own headers. */
  readonly headers: Readonly<Record<string, Buffer>>;
}
