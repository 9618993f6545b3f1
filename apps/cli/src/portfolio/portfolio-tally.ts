import type {
  ClaimApprovedPayload,
  ClaimDeniedPayload,
  ClaimFiledPayload,
  ClaimPaidPayload,
  ClaimReferredPayload,
  ClaimReservedPayload,
  Money,
  PolicyBoundPayload,
  QuoteIssuedPayload,
  Reason,
} from '@aika/contracts';
import {
  type CellFigure,
  type ClaimFigures,
  currencyOf,
  emptyCell,
  type PortfolioFigures,
} from './figures.js';
import type { Policyholder } from './portfolio-plan.js';
import { isOnce, isUnexpected, type SeenEvent } from './seen-event.js';

/** `repeat`: the same message was seen before. `double`: it happened a second time. */
export type Novelty = 'new' | 'repeat' | 'double' | 'strange';

/** What the agents did, by cell and by claim, from nothing but the events on the log. */
export class PortfolioTally implements PortfolioFigures {
  readonly cells = new Map<string, Record<CellFigure, number>>();
  readonly claims = new Map<string, ClaimFigures>();
  /** A line for each thing that happened twice, in the wrong currency, or should not have happened. */
  readonly irregularities: string[] = [];
  private readonly seen = new Map<string, string>();
  private readonly reported = new Set<string>();

  constructor(private readonly policyholders: ReadonlyMap<string, Policyholder>) {
    for (const { cell } of policyholders.values()) this.cells.set(cell, emptyCell());
  }

  take(event: SeenEvent): Novelty {
    const holder = this.policyholders.get(event.customerId);
    const novelty = holder ? this.noveltyOf(event) : 'strange';
    if (novelty === 'new' && holder) this.count(holder, event);
    if (novelty === 'double') this.irregularities.push(`${event.customerId}: ${event.type} happened twice`);
    return novelty;
  }

  private noveltyOf({ customerId, type, messageId }: SeenEvent): Novelty {
    if (isUnexpected(type)) return this.unexpected(customerId, type, messageId);
    if (!isOnce(type)) return 'strange';
    const key = `${customerId} ${type}`;
    const known = this.seen.get(key);
    if (known === messageId || this.reported.has(messageId)) return 'repeat';
    if (known === undefined) {
      this.seen.set(key, messageId);
      return 'new';
    }
    this.reported.add(messageId);
    return 'double';
  }

  private unexpected(customerId: string, type: string, messageId: string): Novelty {
    if (this.reported.has(messageId)) return 'repeat';
    this.reported.add(messageId);
    this.irregularities.push(`${customerId}: unexpected ${type}`);
    return 'new';
  }

  private count(holder: Policyholder, { type, payload }: SeenEvent): void {
    switch (type) {
      case 'CUSTOMER_REGISTERED':
        return this.add(holder, 'customers', 1);
      case 'QUOTE_ISSUED':
        return this.quoted(holder, payload as unknown as QuoteIssuedPayload);
      case 'POLICY_BOUND':
        this.add(holder, 'policies', 1);
        return this.addMoney(holder, 'boundPremium', (payload as unknown as PolicyBoundPayload).premium);
      case 'CLAIM_FILED':
        return this.filed(holder, payload as unknown as ClaimFiledPayload);
      case 'CLAIM_RESERVED': {
        const { reserve } = payload as unknown as ClaimReservedPayload;
        this.addMoney(holder, 'reserved', reserve);
        return this.note(holder, { reserved: reserve.amount });
      }
      case 'CLAIM_REFERRED': {
        const { requiredAuthority, reasons } = payload as unknown as ClaimReferredPayload;
        this.add(holder, 'referred', 1);
        return this.note(holder, { decision: `referred to ${requiredAuthority}: ${codes(reasons)}` });
      }
      case 'CLAIM_APPROVED':
        return this.approved(holder, payload as unknown as ClaimApprovedPayload);
      case 'CLAIM_DENIED': {
        const { reasons } = payload as unknown as ClaimDeniedPayload;
        this.add(holder, 'denied', 1);
        return this.note(holder, { decision: `denied: ${codes(reasons)}` });
      }
      case 'CLAIM_PAID': {
        const { amount } = payload as unknown as ClaimPaidPayload;
        this.add(holder, 'payments', 1);
        this.addMoney(holder, 'paid', amount);
        return this.note(holder, { paid: amount.amount });
      }
      default:
        return undefined;
    }
  }

  private quoted(holder: Policyholder, { premium }: QuoteIssuedPayload): void {
    const cell = this.cellOf(holder);
    cell.lowestPremium = cell.quotes === 0 ? premium.amount : Math.min(cell.lowestPremium, premium.amount);
    cell.highestPremium = Math.max(cell.highestPremium, premium.amount);
    cell.quotes += 1;
    this.addMoney(holder, 'quotedPremium', premium);
  }

  private filed(holder: Policyholder, { estimatedLoss, claimId }: ClaimFiledPayload): void {
    this.add(holder, 'claims', 1);
    this.addMoney(holder, 'losses', estimatedLoss);
    this.note(holder, { loss: estimatedLoss.amount });
    if (claimId !== holder.claim?.claimId) this.irregularities.push(`${holder.customerId}: claim ${claimId}`);
  }

  /** The first decision stands: a person's approval follows a referral, which was counted. */
  private approved(holder: Policyholder, { approvedBy, reasons }: ClaimApprovedPayload): void {
    if (approvedBy !== 'AUTOMATIC') return;
    this.add(holder, 'approved', 1);
    this.note(holder, { decision: `approved: ${codes(reasons)}` });
  }

  private add(holder: Policyholder, figure: CellFigure, amount: number): void {
    this.cellOf(holder)[figure] += amount;
  }

  private addMoney(holder: Policyholder, figure: CellFigure, { amount, currency }: Money): void {
    if (currency !== currencyOf(holder.cell)) {
      this.irregularities.push(`${holder.customerId}: ${figure} in ${currency}`);
    }
    this.add(holder, figure, amount);
  }

  private note(holder: Policyholder, figures: Partial<ClaimFigures>): void {
    const name =
      holder.claim?.name ?? `${currencyOf(holder.cell) === 'GBP' ? 'motor' : 'fire'}/of ${holder.customerId}`;
    const known = this.claims.get(name) ?? { loss: 0, decision: 'none', reserved: 0, paid: 0 };
    this.claims.set(name, { ...known, ...figures });
  }

  private cellOf({ cell }: Policyholder): Record<CellFigure, number> {
    const known = this.cells.get(cell);
    if (!known) throw new Error(`Cell ${cell} is not in the plan.`);
    return known;
  }
}

function codes(reasons: readonly Reason[]): string {
  return reasons.map(({ code }) => code).join(', ');
}
