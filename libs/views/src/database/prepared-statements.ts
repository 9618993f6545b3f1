import type pg from 'pg';

/** Texts are few, as they come from code; what makes more of them by its parameters is not kept for ever. */
const MOST_NAMES = 200;
const NAMES = new Map<string, string>();
/** `cached plan must not change result type`: a migration has changed a table since the statement was prepared. */
const FEATURE_NOT_SUPPORTED = '0A000';

/**
 * Reading statements of this connection are parsed and planned by the server once, as they come again and again. One
 * that a migration has made stale is asked as it is, and the connection prepares no more.
 */
export function prepareStatements(client: pg.PoolClient): void {
  const ask = client.query.bind(client) as (
    query: pg.QueryConfig | string,
    values?: unknown[],
  ) => Promise<unknown>;
  let isPreparing = true;
  const query = async (text: unknown, values?: unknown[]): Promise<unknown> => {
    const name = isPreparing && values && typeof text === 'string' ? nameOf(text) : undefined;
    if (name === undefined) return ask(text as string, values);
    try {
      return await ask({ name, text: text as string, values: values! });
    } catch (error) {
      if ((error as { readonly code?: unknown }).code !== FEATURE_NOT_SUPPORTED) throw error;
      isPreparing = false;
      return ask(text as string, values);
    }
  };
  Object.assign(client, { query });
}

/** Undefined for what is not prepared. */
export function nameOf(text: string): string | undefined {
  const known = NAMES.get(text);
  if (known !== undefined) return known;
  if (NAMES.size >= MOST_NAMES || !/^\s*select\b/i.test(text)) return undefined;
  const name = `aika_${NAMES.size + 1}`;
  NAMES.set(text, name);
  return name;
}
