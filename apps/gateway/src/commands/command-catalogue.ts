import * as messages from '@aika/contracts';
import { deriveId, type MessageDefinition } from '@aika/contracts';

/** What follows from a command that a person or a system may send, as far as a caller wants to know. */
export interface EdgeCommand {
  readonly command: MessageDefinition;
  /** What the address alone says of the payload. */
  readonly fixed?: Readonly<Record<string, string>>;
  /** Fields that callers do not say: they come from who asks. */
  readonly signed?: readonly string[];
  /** The first of them to come is the command's outcome; a refusal (`COMMAND_REJECTED`) is one of every command. */
  readonly outcomes: readonly MessageDefinition[];
  /** Address of what the command brings into being or changes; known before it is carried out, as ids derive. */
  readonly resource: (payload: Readonly<Record<string, unknown>>, messageId: string) => string;
}

type Resource = EdgeCommand['resource'];

const assessment: Resource = ({ assessmentId }, messageId) =>
  `/v1/assessments/${typeof assessmentId === 'string' ? assessmentId : deriveId('asm', messageId)}`;
const customer: Resource = ({ customerId }) => `/v1/customers/${String(customerId)}`;
const policy: Resource = ({ policyId }) => `/v1/policies/${String(policyId)}`;
const claim: Resource = ({ claimId }, messageId) =>
  `/v1/claims/${typeof claimId === 'string' ? claimId : deriveId('clm', messageId)}`;
const conversation: Resource = ({ conversationId }) => `/v1/conversations/${String(conversationId)}`;
const quote: Resource = ({ assessmentId }, messageId) =>
  `/v1/quotes/${deriveId('quo', typeof assessmentId === 'string' ? assessmentId : deriveId('asm', messageId))}`;
const boundPolicy: Resource = ({ quoteId }) => `/v1/policies/${deriveId('pol', String(quoteId))}`;

/** Every command of the edge with its outcomes: the one place that says which message answers which. */
export const EDGE_COMMANDS = {
  registerCustomer: {
    command: messages.RegisterCustomer,
    outcomes: [messages.CustomerRegistered],
    resource: customer,
  },
  updateProfile: {
    command: messages.UpdateCustomerProfile,
    outcomes: [messages.CustomerProfileUpdated],
    resource: customer,
  },
  erasePersonalData: {
    command: messages.ErasePersonalData,
    outcomes: [messages.PersonalDataErased],
    resource: customer,
  },
  setConsent: {
    command: messages.SetCustomerConsent,
    outcomes: [messages.CustomerConsentChanged],
    resource: customer,
  },
  setPreferences: {
    command: messages.SetNotificationPreferences,
    outcomes: [messages.NotificationPreferencesSet],
    resource: customer,
  },
  assessCustomer: {
    command: messages.CustomerAssessmentRequest,
    outcomes: [messages.RiskAssessmentCompleted],
    resource: assessment,
  },
  requestQuote: {
    command: messages.CustomerAssessmentRequest,
    fixed: { purpose: 'QUOTE' },
    outcomes: [messages.QuoteIssued, messages.QuoteDeclined],
    resource: quote,
  },
  acceptQuote: { command: messages.AcceptQuote, outcomes: [messages.PolicyBound], resource: boundPolicy },
  endorsePolicy: { command: messages.EndorsePolicy, outcomes: [messages.PolicyEndorsed], resource: policy },
  renewPolicy: { command: messages.RenewPolicy, outcomes: [messages.PolicyRenewed], resource: policy },
  cancelPolicy: { command: messages.CancelPolicy, outcomes: [messages.PolicyCancelled], resource: policy },
  lapsePolicy: { command: messages.LapsePolicy, outcomes: [messages.PolicyLapsed], resource: policy },
  reinstatePolicy: {
    command: messages.ReinstatePolicy,
    outcomes: [messages.PolicyReinstated],
    resource: policy,
  },
  askCoverage: {
    command: messages.AskCoverageQuestion,
    outcomes: [messages.CoverageQuestionAnswered],
    resource: policy,
  },
  fileClaim: { command: messages.FileClaim, outcomes: [messages.ClaimFiled], resource: claim },
  withdrawClaim: { command: messages.WithdrawClaim, outcomes: [messages.ClaimWithdrawn], resource: claim },
  reopenClaim: { command: messages.ReopenClaim, outcomes: [messages.ClaimReopened], resource: claim },
  answerClaimQuestion: {
    command: messages.ProvideClaimInformation,
    outcomes: [messages.ClaimInformationProvided],
    resource: claim,
  },
  decideClaim: {
    command: messages.DecideReferredClaim,
    // Referred again: above the authority of who approves, so it waits for a second approval.
    outcomes: [
      messages.ClaimApproved,
      messages.ClaimDenied,
      messages.ClaimReferred,
      messages.ClaimInformationRequested,
    ],
    resource: claim,
    signed: ['authority'],
  },
  sendMessage: {
    command: messages.SendConversationMessage,
    outcomes: [messages.ConversationMessageRecorded],
    resource: conversation,
  },
  closeConversation: {
    command: messages.CloseConversation,
    outcomes: [messages.ConversationClosed],
    resource: conversation,
  },
} as const satisfies Record<string, EdgeCommand>;

export type EdgeCommandName = keyof typeof EDGE_COMMANDS;

export function edgeCommand(name: EdgeCommandName): EdgeCommand {
  return EDGE_COMMANDS[name];
}

/**
 * The event that a caller of a command of this type waits for, among those that followed.
 * @returns null while it has not come; undefined for a type that the edge does not know
 */
export function outcomeAmong<E extends { readonly type: string; readonly payload: object }>(
  type: string,
  events: readonly E[],
): E | null | undefined {
  const edges: readonly EdgeCommand[] = Object.values(EDGE_COMMANDS);
  const outcomes = edges.filter(({ command }) => command.type === type).flatMap((edge) => edge.outcomes);
  if (outcomes.length === 0) return undefined;
  const found = events.filter((event) => outcomes.some((outcome) => outcome.type === event.type));
  return found.find((event) => !isStepToQuote(event)) ?? null;
}

/** An assessment for a quote is asked for by the same command as one for its own sake: its outcome is the quote. */
function isStepToQuote({ type, payload }: { readonly type: string; readonly payload: object }): boolean {
  return (
    type === messages.RiskAssessmentCompleted.type &&
    (payload as { readonly purpose?: string }).purpose === 'QUOTE'
  );
}
