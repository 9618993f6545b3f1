import type { Currency } from './value-types.js';

/** What somebody may be at the gateway. A person or program may have several. */
export const ROLES = ['customer', 'agent-operator', 'adjuster', 'manager', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

/** The most that somebody approves alone, in minor units by currency. A currency that is not named: the published table. */
export type AuthorityByCurrency = Readonly<Partial<Record<Currency, number>>>;

/** Who a token is to be for. */
export interface LoginRequest {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** Whose own things the role `customer` is about. */
  readonly customerId?: string;
  readonly authority?: AuthorityByCurrency;
  readonly lifetimeSeconds: number;
}

/** A key as it is shown: without the hash of its secret. */
export interface ShownKey {
  readonly id: string;
  /** Who asks with it: stands in decisions and the audit trail. */
  readonly subject: string;
  readonly roles: readonly Role[];
  readonly customerId?: string;
  readonly authority: AuthorityByCurrency;
  /** Requests a second; absent = as of everybody. */
  readonly rateLimit?: number;
  /** RFC 3339 in UTC, as all times here. */
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
  /** The key that was made in its place. */
  readonly replacedBy?: string;
}

/** What somebody who makes a key says of it. */
export type ApiKeyGrant = Pick<ShownKey, 'subject' | 'roles' | 'customerId' | 'authority' | 'rateLimit'>;

/** Set, the gateway's program does the task instead of serving, and ends. JSON of an `IdentityTask`. */
export const IDENTITY_TASK_VARIABLE = 'AIKA_IDENTITY_TASK';

/** What the command line asks of the gateway's program. Tasks on keys need its `DATABASE_URL`. */
export type IdentityTask =
  | { readonly do: 'prepare'; readonly dir: string; readonly logins: readonly LoginRequest[] }
  | { readonly do: 'tokens'; readonly dir: string; readonly logins: readonly LoginRequest[] }
  | { readonly do: 'keys-create'; readonly grant: ApiKeyGrant; readonly lifetimeMs?: number }
  | { readonly do: 'keys-list' }
  | {
      readonly do: 'keys-rotate';
      readonly id: string;
      readonly overlapMs: number;
      readonly lifetimeMs?: number;
    }
  | { readonly do: 'keys-revoke'; readonly id: string };

/** Of `prepare` and `tokens` the tokens, in the order of the logins; of the others what became of the keys. */
export interface IdentityReport {
  /** `prepare`: the machine's key was made now. */
  readonly isNew?: boolean;
  readonly tokens?: readonly string[];
  /** `keys-create`, `keys-rotate`: the secret, said this once. */
  readonly key?: string;
  readonly record?: ShownKey;
  readonly keys?: readonly ShownKey[];
  /** False: there is no key that it could be done with. */
  readonly isDone?: boolean;
}

/** What the program tells whoever started it, over IPC and nowhere else: it may hold a secret. */
export type IdentityNotice =
  | { readonly type: 'identity-report'; readonly report: IdentityReport }
  | { readonly type: 'identity-failed'; readonly message: string };
