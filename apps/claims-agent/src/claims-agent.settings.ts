import { Transform } from 'class-transformer';
import { IsInt, IsUrl, Max, Min } from 'class-validator';
import { DEFAULT_DESK_TERMS } from '@aika/domain';
import { AgentSettings } from '@aika/messaging/nest';
import { hours, minutes } from '@aika/workflow';

const MOST_DAYS = hours(24 * 90);

/** Settings of the claims agent beside those of every agent. */
export class ClaimsAgentSettings extends AgentSettings {
  /** `AIKA_PAYMENTS_URL`: the payment provider's HTTP interface. */
  @IsUrl({ require_tld: false, require_protocol: true, protocols: ['http', 'https'] })
  paymentsUrl = 'http://127.0.0.1:3190';

  /** `AIKA_CLAIM_ANSWERS_WITHIN_MS`: a claim without both assessments after this goes to a person. */
  @IsInt()
  @Min(100)
  @Max(hours(24 * 7))
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  claimAnswersWithinMs = minutes(5);

  /** `AIKA_CLAIM_DECISION_WITHIN_MS`: what an adjuster has not decided after this is a manager's. */
  @IsInt()
  @Min(100)
  @Max(MOST_DAYS)
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  claimDecisionWithinMs = DEFAULT_DESK_TERMS.adjusterMs;

  /** `AIKA_CLAIM_MANAGER_DECISION_WITHIN_MS`: what a manager has not decided after this is said once more. */
  @IsInt()
  @Min(100)
  @Max(MOST_DAYS)
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  claimManagerDecisionWithinMs = DEFAULT_DESK_TERMS.managerMs;

  /** `AIKA_CLAIM_INFORMATION_WITHIN_MS`: a claim that was asked about goes on without an answer after this. */
  @IsInt()
  @Min(100)
  @Max(MOST_DAYS)
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? Number(value) : value))
  claimInformationWithinMs = DEFAULT_DESK_TERMS.answerMs;
}
