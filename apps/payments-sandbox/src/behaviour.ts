import { asObject, idViolations } from './payment.js';
import { rejectViolations } from './problem.js';

const MODES = ['refuse', 'slow', 'lose-answer', 'fail'] as const;

/**
 * What the provider does wrong on purpose:
 * `refuse` answers 402 and keeps the key refused; `slow` pays and answers after `delayMs`;
 * `lose-answer` pays and drops the connection; `fail` answers 503 and pays nothing.
 */
export type Mode = (typeof MODES)[number];

/** Applies to first attempts of a key that match every id given; without ids to all of them. */
export interface BehaviourRule {
  readonly claimId?: string;
  readonly customerId?: string;
  readonly mode: Mode;
  /** Milliseconds from the payment to its answer; only for `slow`. */
  readonly delayMs?: number;
  /** The refusal's code; only for `refuse`. */
  readonly reason?: string;
  /** How many payments it applies to; without it, all. */
  readonly times?: number;
}

export const DEFAULT_REASON = 'REFUSED_BY_PROVIDER';
export const DEFAULT_DELAY_MS = 2_000;

const MOST_RULES = 10_000;
const LONGEST_DELAY_MS = 600_000;

/** Reads `{ rules: [...] }`. @throws ProblemError INVALID_REQUEST with every violation */
export function readBehaviour(body: unknown): BehaviourRule[] {
  const rules = asObject(body)['rules'];
  if (!Array.isArray(rules) || rules.length > MOST_RULES) {
    rejectViolations([`rules must be a list of at most ${MOST_RULES} rules`]);
    return [];
  }
  rejectViolations(rules.flatMap((rule, index) => ruleViolations(asObject(rule), `rules[${index}]`)));
  return rules as BehaviourRule[];
}

function ruleViolations(rule: Readonly<Record<string, unknown>>, at: string): string[] {
  const { claimId, customerId, mode, delayMs, reason, times, ...unknown } = rule;
  const violations = Object.keys(unknown).map((key) => `${at}.${key} is not known`);
  if (!MODES.some((known) => known === mode))
    violations.push(`${at}.mode must be one of ${MODES.join(', ')}`);
  if (claimId !== undefined) violations.push(...idViolations(`${at}.claimId`, claimId));
  if (customerId !== undefined) violations.push(...idViolations(`${at}.customerId`, customerId));
  if (delayMs !== undefined && (mode !== 'slow' || !isWhole(delayMs, 0, LONGEST_DELAY_MS))) {
    violations.push(`${at}.delayMs belongs to slow: milliseconds from 0 to ${LONGEST_DELAY_MS}`);
  }
  if (reason !== undefined && (mode !== 'refuse' || !/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(String(reason)))) {
    violations.push(`${at}.reason belongs to refuse: a code such as ACCOUNT_CLOSED`);
  }
  if (times !== undefined && !isWhole(times, 1, 1e9)) {
    violations.push(`${at}.times must be a whole number of at least 1`);
  }
  return violations;
}

function isWhole(value: unknown, least: number, most: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= least && (value as number) <= most;
}
