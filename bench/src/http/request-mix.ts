import { chosen, type RequestClass } from './arrivals.js';
import type { Person } from './load-plan.js';

/** A request to be sent. */
export interface LoadRequest {
  readonly kind: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
  /** The answer has an entity tag, which a later request for it may name. */
  readonly isTagged: boolean;
}

/** How many of 100 reads are of a kind. */
const READS = {
  customer: 14,
  policy: 18,
  claim: 18,
  'claim-history': 3,
  'conversation-messages': 5,
  'claims-of-customer': 8,
  'policies-of-customer': 7,
  'quotes-of-customer': 5,
  'conversations-of-customer': 4,
  'notifications-of-customer': 4,
  'claims-by-status': 4,
  'policies-page': 4,
  approvals: 3,
  agents: 1.5,
  stats: 1.5,
} as const;
const WORKFLOWS = { 'request-quote': 1, 'file-claim': 1 } as const;
const LIGHT_WRITES = { 'send-message': 2, 'ask-coverage': 2, 'set-preferences': 1 } as const;

export type ReadKind = keyof typeof READS;
export type WriteKind = keyof typeof WORKFLOWS | keyof typeof LIGHT_WRITES;

const WRITES: ReadonlySet<string> = new Set([...Object.keys(WORKFLOWS), ...Object.keys(LIGHT_WRITES)]);

export function isWriteKind(kind: string): boolean {
  return WRITES.has(kind);
}

const PERILS = ['HAIL', 'COLLISION', 'THEFT', 'FIRE'] as const;
const STATUSES = ['closed', 'filed', 'approved', 'referred'] as const;
const CHANNELS = ['LOG', 'EMAIL', 'WEBHOOK'] as const;
const PAGE = 20;
const DAY_MS = 86_400_000;

/** Draws requests over the people, the same ones for the same numbers. */
export class RequestMix {
  private readonly withClaim: readonly Person[];
  private readonly withConversation: readonly Person[];
  private cursor: string | undefined;

  /**
   * @param random from 0 (included) to 1 (excluded)
   * @param writes number of the first write
   */
  constructor(
    private readonly people: readonly Person[],
    private readonly random: () => number,
    private writes = 0,
    private readonly now: () => number = Date.now,
  ) {
    this.withClaim = people.filter(({ claimId }) => claimId !== undefined);
    this.withConversation = people.filter(({ conversationId }) => conversationId !== undefined);
  }

  next(of: RequestClass): LoadRequest {
    if (of === 'read') return this.read(chosen(READS, this.random()));
    return this.write(
      of === 'workflow' ? chosen(WORKFLOWS, this.random()) : chosen(LIGHT_WRITES, this.random()),
    );
  }

  /** Where the next page of policies begins; undefined after the last one. */
  turned(cursor: string | undefined): void {
    this.cursor = cursor;
  }

  private read(kind: ReadKind): LoadRequest {
    const isTagged = kind === 'customer' || kind === 'policy' || kind === 'claim';
    return { kind, method: 'GET', path: `/v1/${this.address(kind)}`, isTagged };
  }

  private address(kind: ReadKind): string {
    const { customerId, policyId } = this.one(this.people);
    switch (kind) {
      case 'customer':
        return `customers/${customerId}`;
      case 'policy':
        return `policies/${policyId}`;
      case 'claim':
        return `claims/${this.one(this.withClaim).claimId}`;
      case 'claim-history':
        return `claims/${this.one(this.withClaim).claimId}/history`;
      case 'conversation-messages':
        return `conversations/${this.one(this.withConversation).conversationId}/messages`;
      case 'claims-of-customer':
      case 'policies-of-customer':
      case 'quotes-of-customer':
      case 'conversations-of-customer':
      case 'notifications-of-customer':
        return `${kind.split('-')[0]}?customer=${customerId}`;
      case 'claims-by-status':
        return `claims?status=${this.one(STATUSES)}&limit=${PAGE}`;
      case 'policies-page':
        return `policies?limit=${PAGE}${this.cursor === undefined ? '' : `&cursor=${this.cursor}`}`;
      case 'approvals':
        return `approvals?status=open&limit=${PAGE}`;
      case 'agents':
      case 'stats':
        return kind;
      default:
        return kind satisfies never;
    }
  }

  private write(kind: WriteKind): LoadRequest {
    // In turn: a customer's commands come one after the other, as those of a person do.
    const n = this.writes++;
    const { customerId, policyId, conversationId } = this.people[n % this.people.length]!;
    const post = { kind, method: 'POST', isTagged: false } as const;
    switch (kind) {
      case 'request-quote':
        return {
          ...post,
          path: '/v1/quotes',
          body: { customerId, motor: { district: 1 + (n % 4), engine: '1-1.5l', driverAge: 25 + (n % 50) } },
        };
      case 'file-claim':
        return {
          ...post,
          path: '/v1/claims',
          body: {
            ...{ customerId, policyId, cause: PERILS[n % PERILS.length], lossAt: this.daysAgo(3) },
            estimatedLoss: { amount: 10_000 + (n % 100) * 1_000, currency: 'GBP' },
          },
        };
      case 'send-message':
        return {
          ...post,
          path: `/v1/conversations/${conversationId ?? `con-${customerId}`}/messages`,
          body: { customerId, text: `How far is my claim? I have asked ${n} times.` },
        };
      case 'ask-coverage':
        return {
          ...post,
          path: `/v1/policies/${policyId}/coverage-questions`,
          body: { customerId, peril: PERILS[n % PERILS.length] },
        };
      case 'set-preferences':
        return {
          ...post,
          method: 'PUT',
          path: `/v1/customers/${customerId}/preferences`,
          body: { channels: [CHANNELS[n % CHANNELS.length]], language: languageOf(n) },
        };
      default:
        return kind satisfies never;
    }
  }

  private one<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.random() * items.length)];
    if (item === undefined) throw new RangeError('There is nobody to ask about.');
    return item;
  }

  private daysAgo(days: number): string {
    return new Date(this.now() - days * DAY_MS).toISOString();
  }
}

/** Another one each time: who asks for what they have already gets no event. */
function languageOf(n: number): string {
  const letter = (digit: number): string => String.fromCharCode(97 + (digit % 26));
  return `${letter(n)}${letter(Math.floor(n / 26))}`;
}
