import { rejectViolations } from '../../http/problem.js';
import type { AccessRule } from './access-rules.js';
import type { Principal } from '../principal.js';

/** As the contracts have it: the fields are texts of people's names. */
const LONGEST = 100;

/**
 * The body with who asks in the field that says who decides, and what they may approve; never as the body says.
 *
 * @throws ProblemError when the body says there what could be no name: nothing that breaks the document is taken
 */
export function signBody(
  field: NonNullable<AccessRule['signs']>,
  body: Readonly<Record<string, unknown>>,
  principal: Principal,
): Record<string, unknown> {
  if (field in body && !isName(body[field])) {
    const expected = `text of 1 to ${LONGEST} characters`;
    rejectViolations([{ path: `/${field}`, expected, found: 'something else' }]);
  }
  const signed = { ...body, [field]: principal.subject };
  return field === 'decidedBy' ? { ...signed, authority: authorityOf(principal) } : signed;
}

/** In the words of the command: the highest role, and limits where the identity names some. */
export function authorityOf({ roles, authority }: Principal) {
  const limits = Object.entries(authority).map(([currency, amount]) => ({ amount, currency }));
  return { role: roles.includes('manager') ? 'MANAGER' : 'ADJUSTER', limits };
}

function isName(value: unknown): boolean {
  // In characters, as JSON Schema counts: not in halves of them.
  return typeof value === 'string' && value.length > 0 && [...value].length <= LONGEST;
}
