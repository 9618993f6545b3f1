/** What an id may look like: it is used in keys, headers, URLs and file names without escaping. */
export const ID_PATTERN = /^[A-Za-z0-9][A-Za-z0-9._:-]*$/;
/** Longest id of an entity (customer, policy, claim, payment), in characters. */
export const MAX_ID_LENGTH = 100;
/** Longest message id: shorter than an entity's, so that an id derived from it is always allowed. */
export const MAX_MESSAGE_ID_LENGTH = 90;

const LEADING_PREFIX = /^[a-z]{2,5}-(?=.)/;

/**
 * The id of something that a message brings into being: the same message always makes the same id, so
 * that a repeated or replayed message cannot make a second quote, claim or payment.
 *
 * The source's own type prefix (lower-case letters before the first dash) gives way to the new one.
 *
 * @example deriveId('quo', 'msg-abc') // 'quo-abc'
 */
export function deriveId(prefix: string, sourceId: string): string {
  return `${prefix}-${sourceId.replace(LEADING_PREFIX, '')}`;
}
