const MIN_DIGITS = 3;
/** PostgreSQL keeps microseconds, and rounds what is finer. */
const MAX_DIGITS = 6;

/**
 * One form for each moment, as the folds see it: PostgreSQL gives `05.12Z` back for `05.120Z`, and what is folded from the
 * log must be what is folded from the rows, also where a moment stands within JSON.
 * @param moment RFC 3339 in UTC with `Z`
 * @returns the same with three to six digits of a second
 */
export function uniformMoment(moment: string): string {
  const [seconds = '', fraction = ''] = moment.slice(0, -1).split('.');
  const digits = fraction.slice(0, MAX_DIGITS).replace(/0+$/, '').padEnd(MIN_DIGITS, '0');
  return `${seconds}.${digits}Z`;
}
