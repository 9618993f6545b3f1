import type { NotificationRequestedPayload } from '@aika/contracts';

/** A notification in words, for channels that people read. */
export interface Letter {
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

/** Plain text with `{placeholders}`. Subjects have none: what a claimant wrote is in no header. */
const LETTERS: Readonly<Record<string, Letter>> = {
  'quote-issued': {
    subject: 'Your quote is ready',
    text: 'Your quote {quoteId} ({product}) is ready.\n\nPremium: {premium}\nLimit: {limit}\nDeductible: {deductible}\nValid until: {validUntil}',
  },
  'quote-declined': {
    subject: 'We cannot offer a quote',
    text: 'We cannot offer you a quote ({quoteId}).\n\n{reasons}',
  },
  'policy-bound': {
    subject: 'Your policy is in place',
    text: 'Your policy {policyId} ({product}) is in place from {effectiveFrom} to {effectiveTo}.\n\nPremium: {premium}',
  },
  'policy-endorsed': {
    subject: 'Your policy has changed',
    text: 'Your policy {policyId} has changed as of {effectiveAt} (version {version}).\n\nPremium: {premium}\nDifference: {premiumDifference}',
  },
  'policy-renewed': {
    subject: 'Your policy is renewed',
    text: 'Your policy {policyId} is renewed from {effectiveFrom} to {effectiveTo}.\n\nPremium: {premium}\nBonus-malus: {bonusMalus}',
  },
  'policy-cancelled': {
    subject: 'Your policy is cancelled',
    text: 'Your policy {policyId} is cancelled as of {effectiveAt}: {reason}\n\nRefund: {refund}',
  },
  'claim-approved': {
    subject: 'Your claim is approved',
    text: 'Your claim {claimId} is approved. We pay {payable}.',
  },
  'claim-referred': {
    subject: 'We are looking at your claim',
    text: 'A colleague is looking at your claim {claimId} and will decide about it.',
  },
  'claim-delayed': {
    subject: 'We are still looking at your claim',
    text: 'Our decision about your claim {claimId} takes longer than we planned. You do not have to do anything.',
  },
  'claim-question': {
    subject: 'A question about your claim',
    text: 'We need something from you to decide about your claim {claimId}:\n\n{question}\n\nPlease answer {answerBy}.',
  },
  'claim-denied': {
    subject: 'Our decision about your claim',
    text: 'We cannot pay your claim {claimId}.\n\n{reasons}',
  },
  'claim-paid': {
    subject: 'Your claim is paid',
    text: 'We have paid {amount} for your claim {claimId} (payment {paymentId}).',
  },
  'claim-reopened': {
    subject: 'Your claim is open again',
    text: 'Your claim {claimId} is open again: {reason}',
  },
};

/** Names of the templates that have words. */
export const LETTER_TEMPLATES: readonly string[] = Object.keys(LETTERS);

/**
 * The letter of a notification, in English whatever its language: there are no others yet.
 *
 * @returns undefined where the template has no words, or a value that it needs is missing
 */
export function letterOf({
  template,
  parameters,
}: Pick<NotificationRequestedPayload, 'template' | 'parameters'>): Letter | undefined {
  if (!Object.hasOwn(LETTERS, template)) return undefined;
  const { subject, text } = LETTERS[template] as Letter;
  const needed = [...text.matchAll(PLACEHOLDER)].map(([, name]) => name as string);
  if (!needed.every((name) => Object.hasOwn(parameters, name))) return undefined;
  return { subject, text: `${text.replace(PLACEHOLDER, (_, name: string) => parameters[name] as string)}\n` };
}

const PLACEHOLDER = /\{(\w+)\}/g;
