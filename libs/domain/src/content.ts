/**
 * The content of a value as text: JSON with sorted keys and without undefined properties, so that the same
 * facts from two senders, or as class instance and as literal, compare as the same.
 */
export function contentOf(value: unknown, indent?: number): string {
  return JSON.stringify(value, (_key, part: unknown) => sorted(part), indent);
}

/** Whether two values say the same, whatever the order of their fields. */
export function sameContent(left: unknown, right: unknown): boolean {
  return contentOf(left) === contentOf(right);
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
