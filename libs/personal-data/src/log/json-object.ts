export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined for what is no JSON object. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A field under its name or its name in snake_case, as a reader of messages takes them. */
export function textField(object: JsonObject, name: string, snakeName: string): string | undefined {
  const value = object[name] ?? object[snakeName];
  return typeof value === 'string' && value !== '' ? value : undefined;
}
