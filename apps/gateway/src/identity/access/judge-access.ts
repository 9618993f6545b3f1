import type { Principal } from '../principal.js';
import type { AccessRule, ObjectKind, OwnRule } from './access-rules.js';

/** A request as far as access depends on it. */
export interface AskedFor {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  /** Of the header `aika-priority`. */
  readonly priority?: string | undefined;
}

/** Something that has to be the caller's own. */
export interface NamedObject {
  readonly kind: ObjectKind;
  readonly id: string;
}

export type Verdict =
  /** Whoever's it is. */
  | { readonly kind: 'allowed' }
  /** If all of `objects` are the customer's; answers are cut down to what is. */
  | { readonly kind: 'own'; readonly customerId: string; readonly objects: readonly NamedObject[] }
  /** The route, or this way of using it, is not for the caller. */
  | { readonly kind: 'forbidden'; readonly detail: string }
  /** Another customer's: looks as if it did not exist. */
  | { readonly kind: 'hidden' };

/** Where a request may name its customer. */
const CUSTOMER_FIELDS = ['customerId', 'customer'] as const;

/** Whether the caller may, as far as the request itself says it. */
export function judgeAccess(principal: Principal, rule: AccessRule | undefined, asked: AskedFor): Verdict {
  if (rule === undefined) return { kind: 'forbidden', detail: 'Nobody may use this route yet.' };
  if (rule.roles.some((role) => principal.roles.includes(role))) return { kind: 'allowed' };
  const { customerId } = principal;
  if (rule.own === undefined || customerId === undefined || !principal.roles.includes('customer')) {
    return { kind: 'forbidden', detail: 'None of your roles may do this.' };
  }
  return judgeOwn(customerId, rule.own, asked);
}

function judgeOwn(customerId: string, rule: OwnRule, asked: AskedFor): Verdict {
  const { params, query, body, priority } = asked;
  const isAnothers = (part: Readonly<Record<string, unknown>>): boolean =>
    CUSTOMER_FIELDS.some((field) => part[field] !== undefined && part[field] !== customerId);
  if (isAnothers(params) || isAnothers(body)) return { kind: 'hidden' };
  // Whether there is such a customer makes no difference to this answer.
  if (isAnothers(query)) return { kind: 'forbidden', detail: 'Customers list and follow their own only.' };
  if (priority !== undefined && priority !== 'NORMAL') {
    return { kind: 'forbidden', detail: 'Customers do not choose the priority.' };
  }
  const refused = (rule.notTheirs ?? []).filter((field) => body[field] !== undefined);
  if (refused.length > 0) {
    return { kind: 'forbidden', detail: `Customers do not say ${refused.join(', ')}.` };
  }
  for (const [field, value] of Object.entries(rule.fixed ?? {})) {
    if (body[field] !== value) return { kind: 'forbidden', detail: `For customers ${field} is ${value}.` };
  }
  return { kind: 'own', customerId, objects: objectsOf(rule, asked) };
}

/** What is no text is left to the contract, which refuses it. */
function objectsOf({ objects = {} }: OwnRule, { params, body }: AskedFor): readonly NamedObject[] {
  return Object.entries(objects).flatMap(([field, kind]) =>
    [params[field], body[field]].flatMap((id) => (typeof id === 'string' ? [{ kind, id }] : [])),
  );
}
