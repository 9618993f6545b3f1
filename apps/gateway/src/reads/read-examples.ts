import {
  ClaimApproved,
  ClaimFiled,
  ClaimInformationProvided,
  ClaimInformationRequested,
  ClaimReferred,
  CoverageVerified,
  FileClaim,
  type MessageDefinition,
  NotificationRequested,
  PolicyBound,
  QuoteIssued,
  RiskAssessmentCompleted,
} from '@aika/contracts';

/** One customer's story, as the examples of all messages tell it. */
const customerId = 'cust-1001';
const folded = (revision: number) => ({ updatedAt: '2026-06-15T08:05:02Z', revision });
const gbp = (amount: number) => ({ amount, currency: 'GBP' });
const { claimId, policyId, lossAt, reportedAt, cause, estimatedLoss, reporter } = ClaimFiled.example;
const page = (item: object) => ({ items: [item], next: 'WyJhM1FfeDAtQiIse30_' });

const event = (definition: MessageDefinition, second: number) => ({
  messageId: `msg-60${second}`,
  type: definition.type,
  occurredAt: `2026-06-15T08:05:0${second}Z`,
  agentId: String(definition.owner),
  stage: definition.stage,
  causationId: 'msg-6001',
  payload: definition.example,
});

const customer = {
  customerId,
  registeredAt: '2026-03-01T09:00:00Z',
  channels: ['EMAIL'],
  language: 'en',
  consents: [{ purpose: 'SERVICE', granted: true }],
  riskScore: 37.5,
  assessedAt: '2026-03-02T09:00:00Z',
  ...folded(3),
};

const { quoteId, cover, rating, motor, validUntil, effectiveFrom } = QuoteIssued.example;
const quote = {
  quoteId,
  customerId,
  status: 'accepted',
  assessmentId: 'asm-2001',
  product: 'MOTOR',
  cover,
  premium: QuoteIssued.example.premium,
  rating,
  riskScore: 37.5,
  bonusMalus: 0.95,
  motor,
  effectiveFrom,
  validUntil,
  policyId,
  reasons: [],
  issuedAt: '2026-03-02T09:00:01Z',
  ...folded(2),
};

const { premium, effectiveTo } = PolicyBound.example;
const policy = {
  policyId,
  customerId,
  quoteId,
  product: 'MOTOR',
  status: 'in_force',
  version: 1,
  cover,
  premium,
  motor,
  effectiveFrom,
  effectiveTo,
  bonusMalus: 0.95,
  boundAt: '2026-03-02T09:10:00Z',
  ...folded(2),
};
const version = {
  version: 1,
  change: 'bound',
  effectiveFrom,
  effectiveTo,
  cover,
  premium,
  bonusMalus: 0.95,
  changedAt: '2026-03-02T09:10:00Z',
};

const claim = {
  claimId,
  customerId,
  policyId,
  status: 'closed',
  lossAt,
  reportedAt,
  cause,
  reporter,
  estimatedLoss,
  payable: gbp(35_000),
  paid: gbp(35_000),
  covered: true,
  coverageReasons: [],
  fraudPoints: 0,
  fraudIndicators: [],
  decidedBy: 'AUTOMATIC',
  reasons: ClaimApproved.example.reasons,
  outcome: 'PAID',
  filedAt: '2026-06-15T08:05:00Z',
  closedAt: '2026-06-15T08:05:02Z',
  ...folded(7),
};
const payment = {
  paymentId: `${claimId}-pay-1`,
  status: 'settled',
  amount: gbp(35_000),
  providerReference: 'sbx-91',
  answeredAt: '2026-06-15T08:05:02Z',
};

const papers = [
  { ...event(ClaimFiled, 0), kind: 'notice', amount: estimatedLoss, reasons: [] },
  { ...event(CoverageVerified, 1), kind: 'cover', covered: true, reasons: [] },
  {
    ...event(ClaimApproved, 2),
    kind: 'decision',
    decidedBy: 'AUTOMATIC',
    amount: ClaimApproved.example.payable,
    reasons: ClaimApproved.example.reasons,
  },
];

const conversation = {
  conversationId: 'conv-1001-1',
  customerId,
  status: 'open',
  openedAt: '2026-06-15T08:00:00Z',
  messageCount: 2,
  lastMessageAt: '2026-06-15T08:01:00Z',
  ...folded(3),
};
const line = {
  sequence: 1,
  author: 'CUSTOMER',
  text: 'Am I covered for hail?',
  sentAt: '2026-06-15T08:00:00Z',
  messageId: 'msg-5501',
};

const { findings, amounts } = ClaimReferred.example;
const { questionId, askedOf, askedBy, question, reason, dueAt } = ClaimInformationRequested.example;
const { from: informant, providedBy, text, documents } = ClaimInformationProvided.example;
const referredAt = '2026-06-15T08:05:02Z';
const approval = {
  claimId: 'clm-5002',
  customerId,
  status: 'open',
  kind: 'referred',
  payable: gbp(1_250_000),
  fraudPoints: 0,
  requiredAuthority: 'MANAGER',
  recommendation: { decision: 'APPROVE', amount: gbp(1_250_000) },
  reasons: [
    {
      code: 'above_automatic_limit',
      detail: '12,500.00 GBP is above the automatic limit of 2,500.00 GBP.',
    },
  ],
  findings,
  amounts,
  dueAt: '2026-06-16T08:05:02Z',
  escalationLevel: 0,
  questions: [
    { questionId, askedOf, askedBy, question, reason, dueAt, askedAt: referredAt, status: 'answered' },
  ],
  referredAt,
  ...folded(3),
};
const answers = [{ questionId, informant, providedBy, text, documents, providedAt: '2026-06-15T08:05:02Z' }];

const { notificationId, template, language, parameters, causedBy } = NotificationRequested.example;
const notification = {
  notificationId,
  customerId,
  channel: 'EMAIL',
  template,
  language,
  parameters,
  causedBy,
  requestedAt: '2026-06-15T08:05:03Z',
  status: 'skipped',
  reason: { code: 'no_address', detail: 'There is no e-mail address to send it to.' },
  closedAt: '2026-06-15T08:05:04Z',
  ...folded(2),
};

const { riskScore, riskFactors, recommendations, expectedClaimsPerQuarter } = RiskAssessmentCompleted.example;
const assessment = {
  assessmentId: 'asm-2001',
  customerId,
  purpose: 'QUOTE',
  product: 'MOTOR',
  riskScore,
  riskFactors,
  recommendations,
  expectedClaimsPerQuarter,
  motor,
  assessedAt: '2026-03-02T09:00:00Z',
};

const parkedKey = {
  parkedKeyId: `claims-processing-agent/host-3103/${customerId}`,
  agentId: 'claims-processing-agent',
  instanceId: 'host-3103',
  customerId,
  since: '2026-06-15T08:00:00Z',
  nextTry: '2026-06-15T08:06:00Z',
  attempts: 3,
  waiting: 2,
  code: 'HANDLER_FAILED',
  reason: 'The rating table is not loaded.',
};

const command = {
  messageId: 'msg-6f1c2a',
  messageType: FileClaim.type,
  customerId,
  sentAt: '2026-06-15T08:05:00Z',
  status: 'handled',
  outcome: event(ClaimFiled, 0),
  events: [event(ClaimFiled, 0)],
};

/** What each read answers, by the name of its operation. */
export const READ_EXAMPLES: Readonly<Record<string, object>> = {
  getCommand: command,
  listCustomers: page(customer),
  getCustomer: customer,
  listAssessments: page(assessment),
  getAssessment: assessment,
  listQuotes: page(quote),
  getQuote: quote,
  listPolicies: page(policy),
  getPolicy: { ...policy, versions: [version] },
  getPolicyHistory: {
    policyId,
    asOf: '2026-03-02T09:10:00Z',
    status: 'bound',
    versions: [version],
    events: [event(PolicyBound, 1)],
  },
  listClaims: page(claim),
  getClaim: { ...claim, payments: [payment] },
  getClaimHistory: {
    claimId,
    asOf: '2026-06-15T08:05:01Z',
    status: 'filed',
    events: [event(ClaimFiled, 0), event(CoverageVerified, 1)],
  },
  getClaimPapers: { claimId, papers },
  listConversations: page(conversation),
  getConversation: conversation,
  listConversationMessages: { items: [line] },
  listApprovals: page(approval),
  getApproval: { ...approval, answers },
  listNotifications: page(notification),
  getNotification: notification,
  listParkedKeys: page(parkedKey),
};
