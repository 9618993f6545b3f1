/** What decides a message's place in its batch. */
export interface Place {
  /** Within which order is kept: topic and customer. */
  readonly line: string;
  readonly isLow: boolean;
}

/**
 * The order in which a batch is handled: as it arrived, with LOW messages put off to the end, and behind a LOW
 * message every later one of its line, so that no line loses its order.
 *
 * @param placeOf undefined for what has no line: it keeps its place
 */
export function lowLast<T>(items: readonly T[], placeOf: (item: T) => Place | undefined): readonly T[] {
  const putOffLines = new Set<string>();
  const first: T[] = [];
  const putOff: T[] = [];
  for (const item of items) {
    const place = placeOf(item);
    if (place?.isLow) putOffLines.add(place.line);
    if (place !== undefined && putOffLines.has(place.line)) putOff.push(item);
    else first.push(item);
  }
  return putOff.length === 0 ? items : [...first, ...putOff];
}
