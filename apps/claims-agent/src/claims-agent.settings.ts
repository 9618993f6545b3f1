import { Transform } from 'class-transformer';
import { IsInt, IsUrl, Max, Min } from 'class-validator';
import { AgentSettings } from '@aika/messaging/nest';
import { hours, minutes } from '@aika/workflow';

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
}
