import { AGENT_IDS } from '@aika/contracts';
import { type LetterFilter, LETTER_STATUSES } from '@aika/messaging';
import type { ByFlags } from '../audit/acting.js';
import { PlatformError } from '@aika/testing';

export interface FilterFlags {
  readonly agent?: string;
  readonly code?: string;
  readonly type?: string;
  readonly customer?: string;
  readonly topic?: string;
  readonly since?: string;
  readonly until?: string;
  readonly status: string;
  readonly limit?: string;
}

export interface ShowFlags extends ByFlags {
  readonly body?: boolean;
  readonly raw?: boolean;
  readonly json?: boolean;
}

export interface ActFlags extends ByFlags {
  readonly reason?: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

export interface ManyFlags extends ActFlags, FilterFlags {
  readonly all?: boolean;
  readonly force?: boolean;
}

export interface EditFlags extends ActFlags {
  readonly file?: string;
  readonly force?: boolean;
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** @throws PlatformError `SETTING_INVALID` */
export function filterOf(flags: FilterFlags, now: number): LetterFilter {
  const status = LETTER_STATUSES.find((known) => known === flags.status);
  const filter = {
    agentId: flags.agent && agentIdOf(flags.agent),
    code: flags.code,
    messageType: flags.type,
    customerId: flags.customer,
    topic: flags.topic,
    since: flags.since && timeOf('--since', flags.since, now),
    until: flags.until && timeOf('--until', flags.until, now),
    status,
    limit: flags.limit && limitOf(flags.limit),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}

/** Whether a flag narrows the letters down; the status alone does not. */
export function isNarrowed({
  agent,
  code,
  type,
  customer,
  topic,
  since,
  until,
  limit,
}: FilterFlags): boolean {
  return [agent, code, type, customer, topic, since, until, limit].some((flag) => flag !== undefined);
}

/** The product's agents by their first word; others by their whole id. */
function agentIdOf(text: string): string {
  return AGENT_IDS.find((id) => id.startsWith(`${text}-`)) ?? text;
}

/** @returns RFC 3339 UTC. @throws PlatformError `SETTING_INVALID` */
export function timeOf(flag: string, text: string, now: number): string {
  const [, count, unit = ''] = /^(\d+)([smhd])$/.exec(text) ?? [];
  const at = count === undefined ? Date.parse(text) : now - Number(count) * (UNIT_MS[unit] ?? 0);
  if (Number.isNaN(new Date(at).getTime()))
    throw refused(`${flag} must be a time such as 2026-01-31T12:00:00Z or 2h, not "${text}".`);
  return new Date(at).toISOString();
}

export function limitOf(text: string): number {
  const limit = Number(text);
  if (Number.isInteger(limit) && limit > 0) return limit;
  throw refused(`--limit must be a whole number above 0, not "${text}".`);
}

export function refused(message: string): PlatformError {
  return new PlatformError('SETTING_INVALID', message);
}
