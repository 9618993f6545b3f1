import { type LoginRequest, type Role, ROLES } from '@aika/contracts';
import { PlatformError } from '@aika/testing';

export interface LoginFlags {
  readonly role?: readonly string[];
  readonly subject?: string;
  readonly customer?: string;
  readonly authority?: readonly string[];
  readonly lifetime?: string;
}

const UNITS = { m: 60, h: 3_600, d: 86_400 } as const;

/** @throws PlatformError `SETTING_INVALID` */
export function loginOf(flags: LoginFlags): Omit<LoginRequest, 'lifetimeSeconds'> {
  const roles = (flags.role ?? []).map(roleOf);
  if (roles.length === 0) throw refused(`--role is needed: ${ROLES.join(', ')}.`);
  if (roles.includes('customer') !== (flags.customer !== undefined)) {
    throw refused('--customer <id> and --role customer belong together.');
  }
  const { customer: customerId, authority = [] } = flags;
  return {
    subject: flags.subject ?? `local.${roles[0]}`,
    roles,
    ...(customerId === undefined ? {} : { customerId }),
    ...(authority.length === 0 ? {} : { authority: Object.fromEntries(authority.map(limitOf)) }),
  };
}

/** Seconds of a text such as 90m, 8h, 30d. @throws PlatformError `SETTING_INVALID` */
export function secondsOf(flag: string, text: string): number {
  const [, count, unit] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) {
    throw refused(`${flag} must be minutes, hours or days such as 90m, 8h, 30d, not "${text}".`);
  }
  return Number(count) * UNITS[unit as keyof typeof UNITS];
}

function roleOf(text: string): Role {
  const role = ROLES.find((known) => known === text);
  if (role === undefined) throw refused(`--role must be one of ${ROLES.join(', ')}, not "${text}".`);
  return role;
}

/** `GBP=25000.00`, in minor units: all currencies here have two decimals. */
function limitOf(text: string): readonly [string, number] {
  const [, currency, amount] = /^([A-Z]{3})=(\d{1,12}(?:\.\d{2})?)$/.exec(text) ?? [];
  if (currency === undefined || amount === undefined) {
    throw refused(`--authority must be such as GBP=25000.00, not "${text}".`);
  }
  return [currency, Math.round(Number(amount) * 100)];
}

function refused(message: string): PlatformError {
  return new PlatformError('SETTING_INVALID', message);
}
