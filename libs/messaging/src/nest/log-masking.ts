import { catalogue, MASKED, personalFieldNames } from '@aika/contracts';

/** Fields that hold what lets somebody in. */
const SECRETS = [
  'authorization',
  'cookie',
  'password',
  'secret',
  'token',
  'apikey',
  'xapikey',
  'accesstoken',
  'privatekey',
  'databaseurl',
];
const DEEPEST = 6;

let names: ReadonlySet<string> | undefined;

/**
 * The fields of a log line with `MASKED` in place of secrets, and of everything that a contract marks personal, at
 * any depth and in any spelling: a line that repeats a payload by mistake says nothing of a person.
 */
export function maskedFields(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date)
    return value;
  if (depth >= DEEPEST) return MASKED;
  if (Array.isArray(value)) return value.map((entry: unknown) => maskedFields(entry, depth + 1));
  const fields = Object.entries(value).map(([name, field]) => {
    const isMasked = maskedNames().has(plainName(name)) && field !== undefined && field !== null;
    return [name, isMasked ? MASKED : maskedFields(field, depth + 1)] as const;
  });
  return Object.fromEntries(fields);
}

function maskedNames(): ReadonlySet<string> {
  names ??= new Set([
    ...SECRETS,
    ...[...personalFieldNames(catalogue.all().map(({ payload }) => payload))].map(plainName),
  ]);
  return names;
}

function plainName(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}
