/** The middle value; the mean of the two middle ones of an even number. @throws RangeError for no values */
export function median(values: readonly number[]): number {
  return (percentile(values, 50) + at(sorted(values), Math.floor(values.length / 2))) / 2;
}

/**
 * The smallest value that `percent` of all values do not exceed (nearest rank).
 * @param percent above 0 to 100
 * @throws RangeError for no values
 */
export function percentile(values: readonly number[], percent: number): number {
  return at(sorted(values), Math.ceil((percent / 100) * values.length) - 1);
}

/** Three significant digits: what a figure of a shared machine is worth. */
export function rounded(value: number): number {
  return value === 0 || !Number.isFinite(value) ? value : Number(value.toPrecision(3));
}

function sorted(values: readonly number[]): readonly number[] {
  return [...values].sort((a, b) => a - b);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError('There is no median of no values.');
  return value;
}
