import { Id, Nested, OneOf, Text, TextList, Time } from '../../schema/field.decorators.js';
import { Reason } from '../../value-types.js';
import { ClaimPayload } from './claim-decision.payloads.js';
import { INFORMANTS, type Informant } from './claim-information.values.js';

abstract class ClaimInformationPayload extends ClaimPayload {
  @Id({ description: 'Of the question.' })
  readonly questionId!: string;
}

/** Somebody was asked about a referred claim, which waits for the answer. */
export class ClaimInformationRequestedPayload extends ClaimInformationPayload {
  @OneOf(INFORMANTS)
  readonly askedOf!: Informant;
  @Text({ max: 100, description: 'The person who asks.' })
  readonly askedBy!: string;
  @Text({ max: 500, description: 'As it is told to who is asked.' })
  readonly question!: string;
  @Nested(() => Reason, { description: 'Why it is asked: for the insurer, never for who is asked.' })
  readonly reason!: Reason;
  @Time({ optional: true, description: 'When the claim is decided without an answer.' })
  readonly dueAt?: string;
}

/** The answer, which brings the claim back to the person who decides. */
export class ClaimInformationProvidedPayload extends ClaimInformationPayload {
  @OneOf(INFORMANTS)
  readonly from!: Informant;
  @Text({ max: 100, description: 'The person who answers.' })
  readonly providedBy!: string;
  @Text({ max: 2000, personal: true })
  readonly text!: string;
  @TextList({ max: 200, description: 'Names or addresses of papers that belong to the answer.' })
  readonly documents!: readonly string[];
  @Time({ optional: true, description: 'When somebody above is asked unless a person has decided by then.' })
  readonly dueAt?: string;
}

export class ProvideClaimInformationPayload extends ClaimPayload {
  @OneOf(INFORMANTS, { default: 'CUSTOMER', description: 'In whose name it is answered.' })
  readonly from?: Informant;
  @Text({
    max: 100,
    description: 'The person who answers. Over HTTP with logins: who asks, whatever is said here.',
  })
  readonly providedBy!: string;
  @Text({ max: 2000, personal: true })
  readonly text!: string;
  @TextList({
    optional: true,
    max: 200,
    description:
      'Names or addresses of papers that belong to the answer; the papers themselves are kept elsewhere.',
  })
  readonly documents?: readonly string[];
}
