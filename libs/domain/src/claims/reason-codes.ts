/** Code of the reason that a person has approved another amount than the rules came to. */
export const CHANGED_BY_PERSON = 'changed_by_person';
/** Code of the reason that nobody has decided in time. */
export const DECISION_OVERDUE = 'decision_overdue';
/** Code of the reason that nobody has answered in time. */
export const ANSWER_OVERDUE = 'answer_overdue';
