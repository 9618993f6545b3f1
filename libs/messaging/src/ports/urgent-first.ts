/** One record in so many is not urgent where others wait: a flood of urgent ones slows them and does not stop them. */
const SHARE_OF_OTHERS = 10;

/**
 * Fills a poll: what is urgent first, then the others, which keep a tenth of the places.
 *
 * @param takeUrgent takes up to so many records of urgent topics; may be asked twice
 * @param takeOther the same of all other topics
 */
export function urgentFirst<R>(
  maxRecords: number,
  takeUrgent: (max: number) => readonly R[],
  takeOther: (max: number) => readonly R[],
): R[] {
  const urgent = [...takeUrgent(maxRecords - Math.floor(maxRecords / SHARE_OF_OTHERS))];
  const others = takeOther(maxRecords - urgent.length);
  const places = maxRecords - urgent.length - others.length;
  if (places > 0) urgent.push(...takeUrgent(places));
  return [...urgent, ...others];
}
