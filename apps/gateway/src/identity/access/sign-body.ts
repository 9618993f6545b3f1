import type { AccessRule } from './access-rules.js';
import type { Principal } from '../principal.js';

/** The body with who asks in the field that says who decides, and what they may approve; never as the body says. */
export function signBody(
  field: NonNullable<AccessRule['signs']>,
  body: Readonly<Record<string, unknown>>,
  principal: Principal,
): Record<string, unknown> {
  const signed = { ...body, [field]: principal.subject };
  return field === 'decidedBy' ? { ...signed, authority: authorityOf(principal) } : signed;
}

/** In the words of the command: the highest role, and limits where the identity names some. */
export function authorityOf({ roles, authority }: Principal) {
  const limits = Object.entries(authority).map(([currency, amount]) => ({ amount, currency }));
  return { role: roles.includes('manager') ? 'MANAGER' : 'ADJUSTER', limits };
}
