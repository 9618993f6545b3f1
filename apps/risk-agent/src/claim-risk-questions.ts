import { type AssessClaimRiskPayload, type Envelope, RecheckClaimRisk } from '@aika/contracts';
import { claimRiskDecider, claimRiskRecheckDelay, epochMillis, isoFromMillis } from '@aika/domain';
import { defineStore } from '@aika/messaging';
import { commandOf, decideOn, defineEntity } from '@aika/workflow';
import { factsOf } from './policy-facts.js';
import type { RiskContext } from './risk.agent.js';

const claimRisk = defineEntity({ name: 'claim-risk', decider: claimRiskDecider });

/**
 * Questions that wait for their policy, by claim id. A claim and the binding of its policy travel on different
 * topics, so the question can be here before the policy is known.
 */
const openQuestions = defineStore<OpenQuestion>('claim-risk-question');

export interface OpenQuestion extends AssessClaimRiskPayload {
  /** Of the message that asked: the answer goes the same lane, whatever brings it about. */
  readonly priority?: Envelope['priority'];
}

/**
 * Answers the question, or keeps it and looks again later while its policy is not known.
 *
 * @param attempt how often the policy was looked for before; out of attempts, the claim's own facts have to do
 */
export function answerOrWait(context: RiskContext, open: OpenQuestion, attempt: number): void {
  const { priority = context.message.priority, ...question } = open;
  const { customerId, claimId, policyId } = question;
  const policy = factsOf(context, policyId);
  const delay = policy ? undefined : claimRiskRecheckDelay(attempt + 1);
  const command = {
    ...commandOf(context, 'ASSESS_CLAIM_RISK', question),
    policy,
    mayWait: delay !== undefined,
  };
  const events = decideOn(context, claimRisk, claimId, command, { priority });
  if (events.length > 0 || delay === undefined) return forget(context, claimId);
  context.store(openQuestions).put(claimId, { ...question, priority });
  const dueAt = isoFromMillis(epochMillis(context.now) + delay);
  context.schedule(recheckTimer(claimId), dueAt, RecheckClaimRisk, {
    customerId,
    claimId,
    attempt: attempt + 1,
  });
}

/** The question about this claim that still waits. */
export function openQuestion(context: RiskContext, claimId: string): OpenQuestion | undefined {
  return context.store(openQuestions).get(claimId);
}

/** Answers every question that waited for this policy. */
export function answerWaiting(context: RiskContext, policyId: string): void {
  for (const { value } of context.store(openQuestions).list()) {
    if (value.policyId === policyId) answerOrWait(context, value, 0);
  }
}

function forget(context: RiskContext, claimId: string): void {
  if (!openQuestion(context, claimId)) return;
  context.store(openQuestions).delete(claimId);
  context.cancel(recheckTimer(claimId));
}

function recheckTimer(claimId: string): string {
  return `recheck-claim-risk/${claimId}`;
}
