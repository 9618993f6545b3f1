import type { Request } from 'express';
import { type AuthorityByCurrency, type Role, ROLES } from '@aika/contracts';

/** Who asks. */
export interface Principal {
  /** Stable, and named in decisions and the audit trail: of a token its `sub`, of an API key its owner. */
  readonly subject: string;
  readonly roles: readonly Role[];
  /** Whose own things the role `customer` is about; without it that role grants nothing. */
  readonly customerId?: string;
  readonly authority: AuthorityByCurrency;
  /** Of what was shown: of a token the beginning of its hash, of an API key its id. For the audit trail. */
  readonly credentialId?: string;
  /** Id of the API key; absent of a token. */
  readonly keyId?: string;
  /** Milliseconds since 1970: what goes on for longer, such as a stream, ends then. */
  readonly validUntil: number;
  /** Requests a second of this API key; absent = as of everybody. */
  readonly rateLimit?: number;
}

const principals = new WeakMap<Request, Principal>();

/** Who sent the request; undefined where identities are off and on public routes. */
export function principalOf(request: Request): Principal | undefined {
  return principals.get(request);
}

export function setPrincipal(request: Request, principal: Principal): void {
  principals.set(request, principal);
}

export function isRole(value: unknown): value is Role {
  return ROLES.some((role) => role === value);
}
