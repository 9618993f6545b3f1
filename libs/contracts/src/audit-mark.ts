/** What lines of the audit trail are about. */
export const AUDIT_KINDS = [
  /** Somebody outside asked an agent for something, and it was handled. */
  'command',
  /** An agent decided. */
  'decision',
  /** A person decided what was referred to people. */
  'approval',
  /** A dead letter was sent back, edited or dropped. */
  'redrive',
  /** Parked messages of a customer were tried again or given up by hand. */
  'control',
  /** A process began with these settings. */
  'configuration',
  /** Somebody proved who they are, or failed to. */
  'login',
  /** Personal data was read. */
  'reading',
  /** Personal data was erased. */
  'privacy',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Whether what a line records was let happen. */
export const AUDIT_OUTCOMES = ['done', 'refused'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** What stands in `action` of a line about somebody who was told personal data, by HTTP or by the command line. */
export const READ_PERSONAL_DATA = 'READ_PERSONAL_DATA';

/** Stands as the customer of a line that is about none: logins, configuration. */
export const NO_CUSTOMER = 'none';

/** How a message stands in the audit trail. */
export interface AuditMark<P extends object = object> {
  readonly kind: AuditKind;
  /** Who did it. Default: of an event the agent; of a command the actor of its metadata, else its sender. */
  actor?(payload: P): string | undefined;
  /** Why, in the words of a person; no personal data. Default: none. */
  reason?(payload: P): string | undefined;
}

/** The fields that name what a message is about, the nearest first. */
const OBJECT_FIELDS = [
  'claimId',
  'policyId',
  'quoteId',
  'assessmentId',
  'conversationId',
  'entityId',
] as const;

/** What a message is about beside its customer, for the audit line. */
export function auditObjectOf(payload: object): string | undefined {
  const fields = payload as Readonly<Record<string, unknown>>;
  const found = OBJECT_FIELDS.map((field) => fields[field]).find((value) => typeof value === 'string');
  return found as string | undefined;
}
