import type { Role } from '@aika/contracts';

/** What may be somebody's own. */
export type ObjectKind = 'claim' | 'policy' | 'quote' | 'conversation' | 'notification' | 'command';

/** How a customer may use a route: on their own only. Their own id is held against every place that names a customer. */
export interface OwnRule {
  /** Fields of address and body that name something which has to be theirs. */
  readonly objects?: Readonly<Record<string, ObjectKind>>;
  /** What is named may not exist yet, and may then become theirs. */
  readonly mayBeNew?: true;
  /** The query parameter by which answers are cut down to theirs. */
  readonly filter?: 'customer';
  /** Fields that the insurer says, not the customer. */
  readonly notTheirs?: readonly string[];
  /** Fields that have one value when the customer asks. */
  readonly fixed?: Readonly<Record<string, string>>;
}

/** Who may use a route. Who is not named may not. */
export interface AccessRule {
  /** Whoever's it is. */
  readonly roles: readonly Role[];
  /** Absent = customers may not. */
  readonly own?: OwnRule;
  /** The caller is put into this field of the body, whatever it says. */
  readonly signs?: 'decidedBy' | 'providedBy' | 'by';
}

const STAFF = ['adjuster', 'manager'] as const;
const READERS = [...STAFF, 'auditor'] as const;
const WATCHERS = ['agent-operator', 'auditor'] as const;
const OPERATORS = ['agent-operator'] as const;

const OWN: OwnRule = {};
const OWN_LIST: OwnRule = { filter: 'customer' };
const OWN_POLICY: OwnRule = { objects: { policyId: 'policy' } };
const OWN_CLAIM: OwnRule = { objects: { claimId: 'claim' } };
const OWN_QUOTE: OwnRule = { objects: { quoteId: 'quote' } };
const OWN_CONVERSATION: OwnRule = { objects: { conversationId: 'conversation' } };

/**
 * Every route by its name in the OpenAPI document. A route that is not here is closed to everybody.
 *
 * Customers never choose the id of a claim or an assessment: ids of views are unique over all customers, and one that
 * is somebody else's would mix the two. They do not say either when a loss was reported or how many claims they had.
 */
export const ACCESS_RULES: Readonly<Record<string, AccessRule>> = {
  registerCustomer: { roles: STAFF, own: OWN },
  listCustomers: { roles: READERS },
  getCustomer: { roles: READERS, own: OWN },
  updateProfile: { roles: STAFF, own: OWN },
  exportPersonalData: { roles: ['manager'] },
  erasePersonalData: { roles: ['manager'] },
  setConsent: { roles: STAFF, own: OWN },
  setPreferences: { roles: STAFF, own: OWN },

  assessCustomer: { roles: STAFF },
  listAssessments: { roles: READERS },
  getAssessment: { roles: READERS },
  requestQuote: { roles: STAFF, own: { notTheirs: ['assessmentId', 'bookTransfer'] } },
  listQuotes: { roles: READERS, own: OWN_LIST },
  getQuote: { roles: READERS, own: OWN_QUOTE },
  acceptQuote: { roles: STAFF, own: OWN_QUOTE },

  listPolicies: { roles: READERS, own: OWN_LIST },
  getPolicy: { roles: READERS, own: OWN_POLICY },
  getPolicyHistory: { roles: READERS, own: OWN_POLICY },
  endorsePolicy: { roles: STAFF, own: OWN_POLICY },
  renewPolicy: { roles: STAFF, own: { ...OWN_POLICY, notTheirs: ['atFaultClaims', 'partlyAtFaultClaims'] } },
  cancelPolicy: {
    roles: STAFF,
    own: { ...OWN_POLICY, fixed: { initiator: 'CUSTOMER' }, notTheirs: ['fromInception'] },
  },
  lapsePolicy: { roles: STAFF },
  reinstatePolicy: { roles: STAFF },
  askCoverage: { roles: STAFF, own: OWN_POLICY },

  fileClaim: { roles: STAFF, own: { ...OWN_POLICY, notTheirs: ['claimId', 'reportedAt', 'reporter'] } },
  listClaims: { roles: READERS, own: OWN_LIST },
  getClaim: { roles: READERS, own: OWN_CLAIM },
  getClaimHistory: { roles: READERS, own: OWN_CLAIM },
  getClaimPapers: { roles: READERS },
  withdrawClaim: { roles: STAFF, own: OWN_CLAIM },
  reopenClaim: { roles: STAFF },
  answerClaimQuestion: {
    roles: STAFF,
    own: { ...OWN_CLAIM, fixed: { from: 'CUSTOMER' } },
    signs: 'providedBy',
  },

  listApprovals: { roles: READERS },
  getApproval: { roles: READERS },
  decideClaim: { roles: STAFF, signs: 'decidedBy' },

  listConversations: { roles: READERS, own: OWN_LIST },
  getConversation: { roles: READERS, own: OWN_CONVERSATION },
  listConversationMessages: { roles: READERS, own: OWN_CONVERSATION },
  sendMessage: { roles: STAFF, own: { ...OWN_CONVERSATION, mayBeNew: true } },
  closeConversation: { roles: STAFF, own: OWN_CONVERSATION },
  listNotifications: { roles: READERS, own: OWN_LIST },
  getNotification: { roles: READERS, own: { objects: { notificationId: 'notification' } } },
  getCommand: { roles: [...READERS, 'agent-operator'], own: { objects: { messageId: 'command' } } },

  stream: { roles: [...READERS, 'agent-operator'], own: OWN_LIST },

  listTopics: { roles: WATCHERS },
  readTopic: { roles: WATCHERS },
  produceMessage: { roles: OPERATORS },
  listDeadLetters: { roles: WATCHERS },
  getDeadLetter: { roles: WATCHERS },
  redriveDeadLetter: { roles: OPERATORS, signs: 'by' },
  editDeadLetter: { roles: OPERATORS, signs: 'by' },
  dropDeadLetter: { roles: OPERATORS, signs: 'by' },
  listParkedKeys: { roles: [...WATCHERS, 'manager'] },
  listAgents: { roles: [...WATCHERS, 'manager'] },
  getStats: { roles: [...WATCHERS, 'manager'] },
  searchAudit: { roles: ['auditor'] },
};

/** Who sees personal data of others. Customers see their own; for everybody else it is masked. */
export const SEE_PERSONAL: readonly Role[] = STAFF;

/** Fields of the body of a route that need not be said, as the caller is put into them. Without logins they have to be. */
export function signedFields(operationId: string): readonly string[] {
  const field = ACCESS_RULES[operationId]?.signs;
  return field === undefined ? [] : [field];
}
