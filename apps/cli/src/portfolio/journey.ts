import {
  AcceptQuote,
  type ClaimReferredPayload,
  CustomerAssessmentRequest,
  DecideReferredClaim,
  FileClaim,
  type PolicyBoundPayload,
  type QuoteIssuedPayload,
  RegisterCustomer,
} from '@aika/contracts';
import type { OutgoingMessage } from '@aika/messaging';
import type { Policyholder } from './portfolio-plan.js';
import { isUnexpected, type SeenEvent } from './seen-event.js';

/** Who decides the referred claims of the replay, in place of an adjuster or a manager. */
export const STAND_IN = 'portfolio-stand-in';

/** How far a policyholder has come; `failed` is the end that nobody wants. */
export type JourneyState =
  | 'not begun'
  | 'asked for a quote'
  | 'accepted the quote'
  | 'filed the claim'
  | 'claim awaits its payment'
  | 'finished'
  | 'failed';

export interface Journey {
  readonly policyholder: Policyholder;
  readonly state: JourneyState;
  readonly registered: boolean;
  /** Why it failed. */
  readonly failure?: string;
}

/** A journey after an event, with what the policyholder or the stand-in sends next. */
export interface Step {
  readonly journey: Journey;
  readonly messages: readonly OutgoingMessage[];
}

/** The beginning: the customer registers and asks for a quote. */
export function begin(policyholder: Policyholder, effectiveFrom: string): Step {
  const { customerId, facts, requestedCover } = policyholder;
  const product: 'MOTOR' | 'HOME' = 'motor' in facts ? 'MOTOR' : 'HOME';
  const wish = { ...facts, ...(requestedCover ? { requestedCover } : {}), effectiveFrom, bookTransfer: true };
  const messages = [
    message(policyholder, 'register', RegisterCustomer, { customerId, channels: ['LOG'] }),
    message(policyholder, 'ask', CustomerAssessmentRequest, { customerId, product, ...wish }),
  ];
  return { journey: { policyholder, state: 'asked for a quote', registered: false }, messages };
}

/** What follows from an event that was not seen before. */
export function advance(journey: Journey, event: SeenEvent): Step {
  if (isUnexpected(event.type)) return failed(journey, event);
  switch (event.type) {
    case 'CUSTOMER_REGISTERED':
      return quietly({ ...journey, registered: true });
    case 'QUOTE_ISSUED':
      return accept(journey, event.payload as unknown as QuoteIssuedPayload);
    case 'POLICY_BOUND':
      return afterBinding(journey, event.payload as unknown as PolicyBoundPayload);
    case 'CLAIM_REFERRED':
      return approve(journey, event.payload as unknown as ClaimReferredPayload);
    case 'CLAIM_CLOSED':
      return quietly({ ...journey, state: 'finished' });
    default:
      return quietly(journey);
  }
}

/** Nothing more is to come. */
export function isOver({ state, registered }: Journey): boolean {
  return state === 'failed' || (state === 'finished' && registered);
}

function accept(journey: Journey, { customerId, quoteId }: QuoteIssuedPayload): Step {
  const messages = [message(journey.policyholder, 'accept', AcceptQuote, { customerId, quoteId })];
  return { journey: { ...journey, state: 'accepted the quote' }, messages };
}

function afterBinding(journey: Journey, { customerId, policyId }: PolicyBoundPayload): Step {
  const { claim } = journey.policyholder;
  if (!claim) return quietly({ ...journey, state: 'finished' });
  const { claimId, lossAt, reportedAt, cause, loss: estimatedLoss } = claim;
  const payload = { customerId, claimId, policyId, lossAt, reportedAt, cause, estimatedLoss };
  const messages = [message(journey.policyholder, 'claim', FileClaim, payload)];
  return { journey: { ...journey, state: 'filed the claim' }, messages };
}

function approve(journey: Journey, { customerId, claimId, requiredAuthority }: ClaimReferredPayload): Step {
  const decision = { decision: 'APPROVE', decidedBy: STAND_IN };
  const reason = `Within the authority of the ${requiredAuthority.toLowerCase()}; decided by the portfolio replay.`;
  const payload = { customerId, claimId, ...decision, reason };
  const messages = [message(journey.policyholder, 'decide', DecideReferredClaim, payload)];
  return { journey: { ...journey, state: 'claim awaits its payment' }, messages };
}

function failed(journey: Journey, { type, payload }: SeenEvent): Step {
  const said = payload['detail'] ?? payload['reasons'] ?? payload['reason'] ?? '';
  const failure = `${type} ${typeof said === 'string' ? said : JSON.stringify(said)}`.trim();
  return quietly({ ...journey, state: 'failed', failure });
}

function quietly(journey: Journey): Step {
  return { journey, messages: [] };
}

/** Ids follow from policyholder and step, so that sending a message again is harmless. */
function message(
  { customerId }: Policyholder,
  step: string,
  definition: OutgoingMessage['definition'],
  payload: object,
): OutgoingMessage {
  const metadata = { conversationId: `conv-${customerId}` };
  return { definition, payload, messageId: `msg-${customerId}-${step}`, metadata };
}
