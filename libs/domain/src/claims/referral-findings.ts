import type { Money, ReferralAmounts, RuleFinding } from '@aika/contracts';
import { daysBetween } from '../time.js';
import { amountText } from './amount-text.js';
import { adjusterLimit, automaticLimit } from './authority.js';
import type { ClaimFile } from './claim.state.js';
import { paidSoFar } from './claim.state.js';
import { NOTICE_PERIOD_DAYS } from './denial.js';
import { hasCurrencyMismatch, knownPayable } from './known-payable.js';

/** Every rule of the adjudication with what it found, met or not: what the person who decides goes by. */
export function findingsOf(file: ClaimFile): readonly RuleFinding[] {
  const payable = knownPayable(file);
  return [
    cover(file),
    noticePeriod(file),
    currency(file),
    payableAmount(file, payable),
    fraudPoints(file),
    limit('automatic_limit', 'the automatic limit', payable, automaticLimit(payable.currency)),
    limit('adjuster_limit', "the adjuster's limit", payable, adjusterLimit(payable.currency)),
  ];
}

/** The figures behind what is payable. */
export function amountsOf(file: ClaimFile): ReferralAmounts {
  const { facts, coverage, payments } = file;
  const { currency } = knownPayable(file);
  const [first] = payments;
  return {
    estimatedLoss: facts.estimatedLoss,
    ...(coverage?.deductible ? { deductible: coverage.deductible } : {}),
    ...(coverage?.limit ? { limit: coverage.limit } : {}),
    ...(first ? { paid: { amount: paidSoFar(file), currency: first.amount.currency } } : {}),
    automaticLimit: automaticLimit(currency),
    adjusterLimit: adjusterLimit(currency),
  };
}

function cover({ coverage }: ClaimFile): RuleFinding {
  const rule = 'cover';
  if (!coverage) return { rule, outcome: 'OPEN', detail: 'The coverage check has not answered.' };
  if (coverage.covered) return { rule, outcome: 'MET', detail: 'The policy covers the loss.' };
  const detail = coverage.reasons
    .map((reason) => reason.detail)
    .join(' ')
    .slice(0, MAX_DETAIL);
  return { rule, outcome: 'NOT_MET', detail: detail || 'The policy does not cover the loss.' };
}

function noticePeriod({ facts }: ClaimFile): RuleFinding {
  const days = daysBetween(facts.lossAt, facts.reportedAt);
  const outcome = days <= NOTICE_PERIOD_DAYS ? 'MET' : 'NOT_MET';
  const detail = `Reported ${days} ${days === 1 ? 'day' : 'days'} after the loss; the notice period is ${NOTICE_PERIOD_DAYS} days.`;
  return { rule: 'notice_period', outcome, detail };
}

function currency(file: ClaimFile): RuleFinding {
  const rule = 'currency';
  const stated = file.facts.estimatedLoss.currency;
  if (!file.coverage) return { rule, outcome: 'OPEN', detail: "The policy's currency is not known." };
  if (!hasCurrencyMismatch(file)) {
    return { rule, outcome: 'MET', detail: `Loss and policy are in ${stated}.` };
  }
  return {
    rule,
    outcome: 'NOT_MET',
    detail: `The loss is in ${stated}, and the policy in another currency.`,
  };
}

function payableAmount(file: ClaimFile, payable: Money): RuleFinding {
  const rule = 'payable';
  const { facts, coverage } = file;
  if (!coverage?.covered || hasCurrencyMismatch(file)) {
    return { rule, outcome: 'OPEN', detail: `It cannot be computed; at most ${amountText(payable)}.` };
  }
  const { deductible, limit: most, carried, required } = coverage;
  const terms = [
    ...(deductible ? [`a deductible of ${amountText(deductible)}`] : []),
    ...(most ? [`a limit of ${amountText(most)}`] : []),
    ...(carried && required && carried.amount < required.amount
      ? [`${amountText(carried)} insured of ${amountText(required)}`]
      : []),
  ];
  const by = terms.length > 0 ? `, by ${terms.join(', ')}` : '';
  const detail = `${amountText(payable)} of ${amountText(facts.estimatedLoss)} is payable${by}.`;
  return { rule, outcome: payable.amount > 0 ? 'MET' : 'NOT_MET', detail };
}

function fraudPoints({ fraud }: ClaimFile): RuleFinding {
  const rule = 'fraud_points';
  if (!fraud) return { rule, outcome: 'OPEN', detail: 'The risk assessment has not answered.' };
  if (fraud.fraudPoints <= 0) return { rule, outcome: 'MET', detail: 'There is no sign of fraud.' };
  const signs = fraud.indicators.map(({ code, points }) => `${code} ${points}`).join(', ');
  const detail = `${fraud.fraudPoints} points${signs ? `: ${signs}` : ''}.`.slice(0, MAX_DETAIL);
  return { rule, outcome: 'NOT_MET', detail };
}

function limit(rule: string, name: string, payable: Money, most: Money): RuleFinding {
  const isWithin = payable.amount <= most.amount;
  const detail = `${amountText(payable)} is ${isWithin ? 'within' : 'above'} ${name} of ${amountText(most)}.`;
  return { rule, outcome: isWithin ? 'MET' : 'NOT_MET', detail };
}

/** Of the contract. */
const MAX_DETAIL = 1000;
