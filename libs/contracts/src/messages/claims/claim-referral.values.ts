import { Nested, OneOf, Text } from '../../schema/field.decorators.js';
import type { Money } from '../../value-types.js';
import { MoneyValue, REASON_CODE } from '../../value-types.js';

/** What a rule can find. `OPEN`: what it needs to know is not known. */
export const RULE_OUTCOMES = ['MET', 'NOT_MET', 'OPEN'] as const;
export type RuleOutcome = (typeof RULE_OUTCOMES)[number];

/** One rule of the adjudication and what it found for a claim. */
export class RuleFinding {
  @Text({ max: 100, pattern: REASON_CODE, description: 'Name of the rule, such as `automatic_limit`.' })
  readonly rule!: string;
  @OneOf(RULE_OUTCOMES)
  readonly outcome!: RuleOutcome;
  @Text({ max: 1000, description: 'A plain sentence with the figures.' })
  readonly detail!: string;
}

/** The figures behind what is payable. */
export class ReferralAmounts {
  @Nested(() => MoneyValue)
  readonly estimatedLoss!: Money;
  @Nested(() => MoneyValue, {
    optional: true,
    description: "The customer's own part; absent = none is known.",
  })
  readonly deductible?: Money;
  @Nested(() => MoneyValue, {
    optional: true,
    description: 'The most that one loss pays; absent = none is known.',
  })
  readonly limit?: Money;
  @Nested(() => MoneyValue, { optional: true, description: 'Paid on this claim before; absent = nothing.' })
  readonly paid?: Money;
  @Nested(() => MoneyValue, { description: 'The most that is paid without a person.' })
  readonly automaticLimit!: Money;
  @Nested(() => MoneyValue, { description: 'The most that an adjuster approves by the published table.' })
  readonly adjusterLimit!: Money;
}
