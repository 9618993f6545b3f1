import { parseArgs } from 'node:util';

export interface BenchArguments {
  /** What to measure, in the order of the benchmark; all when not given. */
  readonly only: readonly string[];
  readonly runs: number;
  readonly scale: number;
  readonly json: boolean;
}

/** Arguments that cannot be followed; the message says what there is. */
export class BenchArgumentError extends Error {
  override readonly name = 'BenchArgumentError';
}

export const USAGE = 'npm run bench [-- --only NAME,NAME] [--runs N] [--scale PART] [--json]';

/** @throws BenchArgumentError that lists what there is */
export function benchArguments(args: readonly string[], names: readonly string[]): BenchArguments {
  const values = parsed(args);
  const only = values.only?.flatMap((one) => one.split(',')).map((name) => name.trim()) ?? [];
  const unknown = only.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    throw new BenchArgumentError(`--only: ${unknown.join(', ')} is none of ${names.join(', ')}.`);
  }
  return {
    only:
      only.length === 0
        ? names.filter((name) => !name.includes('.'))
        : names.filter((name) => only.includes(name)),
    runs: numberOf(
      '--runs',
      values.runs ?? '3',
      (value) => Number.isInteger(value) && value >= 1,
      'a whole number from 1',
    ),
    scale: numberOf(
      '--scale',
      values.scale ?? '1',
      (value) => value > 0 && value <= 10,
      'above 0 and at most 10',
    ),
    json: values.json ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        runs: { type: 'string' },
        scale: { type: 'string' },
        json: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    if (!isArgumentError(error)) throw error;
    throw new BenchArgumentError(`${error.message}\nUsage: ${USAGE}`, { cause: error });
  }
}

function isArgumentError(error: unknown): error is Error & { readonly code: string } {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' && code.startsWith('ERR_PARSE_ARGS_');
}

function numberOf(flag: string, text: string, isGood: (value: number) => boolean, expected: string): number {
  const value = Number(text);
  if (text.trim() !== '' && isGood(value)) return value;
  throw new BenchArgumentError(`${flag} must be ${expected}, not "${text}".`);
}
