import { ListOf, Nested, OneOf, Text } from '../../schema/field.decorators.js';
import type { Money } from '../../value-types.js';
import { MoneyValue } from '../../value-types.js';

/** Who must approve a claim that is above the agent's authority. */
export const AUTHORITIES = ['ADJUSTER', 'MANAGER'] as const;
export type Authority = (typeof AUTHORITIES)[number];

/** The first of the two who have to approve. */
export class ApprovalProposal {
  @Text({ max: 100 })
  readonly proposedBy!: string;
  @Nested(() => MoneyValue)
  readonly amount!: Money;
}

/** What a person may decide, as the edge that knows them says it. */
export class DeciderAuthority {
  @OneOf(AUTHORITIES)
  readonly role!: Authority;
  @ListOf(() => MoneyValue, {
    description:
      'The most that the person approves alone, one entry a currency; else as the table of the role says.',
  })
  readonly limits!: readonly Money[];
}
