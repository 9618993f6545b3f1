/** One place in so many is not for urgent records where others wait: a flood of them slows the others, and no more. */
const KEPT_FOR_OTHERS = 10;
/** Beside urgent records the others get one place in so many: what is urgent is not to wait for a long batch of its own. */
const LEFT_TO_OTHERS = 4;

/**
 * Fills a poll: what is urgent first, then others, which always have a tenth of the places and beside urgent ones at
 * most a quarter.
 *
 * @param takeUrgent takes up to so many records of urgent topics; may be asked twice
 * @param takeOther the same of all other topics
 */
export function urgentFirst<R>(
  maxRecords: number,
  takeUrgent: (max: number) => readonly R[],
  takeOther: (max: number) => readonly R[],
): R[] {
  const urgent = [...takeUrgent(maxRecords - Math.floor(maxRecords / KEPT_FOR_OTHERS))];
  const left = maxRecords - urgent.length;
  const most = urgent.length === 0 ? left : Math.min(left, Math.floor(maxRecords / LEFT_TO_OTHERS));
  const others = takeOther(most);
  const places = maxRecords - urgent.length - others.length;
  if (urgent.length > 0 && places > 0) urgent.push(...takeUrgent(places));
  return [...urgent, ...others];
}
