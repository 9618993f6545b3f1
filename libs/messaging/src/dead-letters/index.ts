export * from './dead-letters.js';
export * from './letter.js';
export { fullLetter, type LetterRecord, readLetterRecord } from './letter-reader.js';
export type { LetterFilter } from './letter-filter.js';
export type { LetterOutcome, LetterProgress } from './letter-outcome.js';
export { LETTERS_PER_TRANSACTION } from './letter-office.js';
export { SHORTEST_PREFIX } from './letter-selection.js';
export { AUDIT_ACTION, UNKNOWN_CUSTOMER } from './resolution-record.js';
export { redrivenId } from './redriven-message.js';
