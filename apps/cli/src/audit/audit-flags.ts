import type { AuditFilter } from '@aika/audit';
import { AUDIT_KINDS } from '@aika/contracts';
import { limitOf, refused, timeOf } from '../dead-letters/dlq-flags.js';

export interface SearchFlags {
  readonly customer?: string;
  readonly actor?: string;
  readonly action?: string;
  readonly kind?: string;
  readonly object?: string;
  readonly from?: string;
  readonly to?: string;
  readonly limit: string;
  readonly json?: boolean;
}

export interface VerifyFlags {
  readonly partition?: string;
  readonly keys?: string;
  readonly store?: string;
  /** False: the seals are held against themselves only. */
  readonly secondPlace: boolean;
  readonly json?: boolean;
}

/** @throws PlatformError `SETTING_INVALID` */
export function searchOf(
  flags: SearchFlags,
  now: number,
): { readonly filter: AuditFilter; readonly limit: number } {
  const { customer, actor, action, object, from, to } = flags;
  const kind = AUDIT_KINDS.find((known) => known === flags.kind);
  if (flags.kind !== undefined && kind === undefined) {
    throw refused(`--kind must be one of ${AUDIT_KINDS.join(', ')}, not "${flags.kind}".`);
  }
  const filter = {
    ...{ customerId: customer, actor, action, kind, object },
    fromMs: from === undefined ? undefined : Date.parse(timeOf('--from', from, now)),
    untilMs: to === undefined ? undefined : Date.parse(timeOf('--to', to, now)),
  };
  return { filter, limit: limitOf(flags.limit) };
}

/** @throws PlatformError `SETTING_INVALID` */
export function partitionOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const partition = Number(text);
  if (Number.isInteger(partition) && partition >= 0) return partition;
  throw refused(`--partition must be a whole number from 0, not "${text}".`);
}
