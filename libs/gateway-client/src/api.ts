/* eslint-disable */
// Made from openapi.json; AIKA_WRITE_OPENAPI=1 makes both anew (see the README).
export interface paths {
    readonly "/v1/customers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Customers, the last changed first. */
        readonly get: operations["listCustomers"];
        readonly put?: never;
        /**
         * Register a customer.
         * @description Sends REGISTER_CUSTOMER. Its outcome is CUSTOMER_REGISTERED, or a refusal.
         */
        readonly post: operations["registerCustomer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/customers/{customerId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One of them. */
        readonly get: operations["getCustomer"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /**
         * Change name, address or contact.
         * @description Sends UPDATE_CUSTOMER_PROFILE. Its outcome is CUSTOMER_PROFILE_UPDATED, or a refusal.
         */
        readonly patch: operations["updateProfile"];
        readonly trace?: never;
    };
    readonly "/v1/customers/{customerId}/consents/{purpose}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Give or withdraw a consent.
         * @description Sends SET_CUSTOMER_CONSENT. Its outcome is CUSTOMER_CONSENT_CHANGED, or a refusal.
         */
        readonly put: operations["setConsent"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/customers/{customerId}/preferences": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Say how the customer wants to be told.
         * @description Sends SET_NOTIFICATION_PREFERENCES. Its outcome is NOTIFICATION_PREFERENCES_SET, or a refusal.
         */
        readonly put: operations["setPreferences"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/assessments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Score a customer.
         * @description Sends CUSTOMER_ASSESSMENT_REQUEST. Its outcome is RISK_ASSESSMENT_COMPLETED, or a refusal.
         */
        readonly post: operations["assessCustomer"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/quotes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Quotes. */
        readonly get: operations["listQuotes"];
        readonly put?: never;
        /**
         * Ask for a quote.
         * @description Sends CUSTOMER_ASSESSMENT_REQUEST. Its outcome is QUOTE_ISSUED or QUOTE_DECLINED, or a refusal.
         */
        readonly post: operations["requestQuote"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/quotes/{quoteId}/acceptance": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Accept a quote: binds the policy.
         * @description Sends ACCEPT_QUOTE. Its outcome is POLICY_BOUND, or a refusal.
         */
        readonly post: operations["acceptQuote"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policies/{policyId}/endorsements": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Change the terms from a moment on.
         * @description Sends ENDORSE_POLICY. Its outcome is POLICY_ENDORSED, or a refusal.
         */
        readonly post: operations["endorsePolicy"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policies/{policyId}/renewals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Renew for another year.
         * @description Sends RENEW_POLICY. Its outcome is POLICY_RENEWED, or a refusal.
         */
        readonly post: operations["renewPolicy"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policies/{policyId}/cancellation": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Cancel, with the unearned premium back.
         * @description Sends CANCEL_POLICY. Its outcome is POLICY_CANCELLED, or a refusal.
         */
        readonly post: operations["cancelPolicy"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policies/{policyId}/lapse": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * End for want of payment.
         * @description Sends LAPSE_POLICY. Its outcome is POLICY_LAPSED, or a refusal.
         */
        readonly post: operations["lapsePolicy"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policies/{policyId}/reinstatement": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Put back in force after a lapse.
         * @description Sends REINSTATE_POLICY. Its outcome is POLICY_REINSTATED, or a refusal.
         */
        readonly post: operations["reinstatePolicy"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policies/{policyId}/coverage-questions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Ask whether a peril is covered.
         * @description Sends ASK_COVERAGE_QUESTION. Its outcome is COVERAGE_QUESTION_ANSWERED, or a refusal.
         */
        readonly post: operations["askCoverage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/claims": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Claims. */
        readonly get: operations["listClaims"];
        readonly put?: never;
        /**
         * First notice of loss.
         * @description Sends FILE_CLAIM. Its outcome is CLAIM_FILED, or a refusal.
         */
        readonly post: operations["fileClaim"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/claims/{claimId}/withdrawal": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take a claim back.
         * @description Sends WITHDRAW_CLAIM. Its outcome is CLAIM_WITHDRAWN, or a refusal.
         */
        readonly post: operations["withdrawClaim"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/claims/{claimId}/reopening": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Open a decided claim again.
         * @description Sends REOPEN_CLAIM. Its outcome is CLAIM_REOPENED, or a refusal.
         */
        readonly post: operations["reopenClaim"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/conversations/{conversationId}/messages": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What was said, in order. */
        readonly get: operations["listConversationMessages"];
        readonly put?: never;
        /**
         * Write to the customer service.
         * @description Sends SEND_CONVERSATION_MESSAGE. Its outcome is CONVERSATION_MESSAGE_RECORDED, or a refusal.
         */
        readonly post: operations["sendMessage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/conversations/{conversationId}/closing": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * End a conversation.
         * @description Sends CLOSE_CONVERSATION. Its outcome is CONVERSATION_CLOSED, or a refusal.
         */
        readonly post: operations["closeConversation"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/approvals/{claimId}/decision": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Decide a referred claim, with a reason.
         * @description Sends DECIDE_REFERRED_CLAIM. Its outcome is CLAIM_APPROVED or CLAIM_DENIED, or a refusal.
         */
        readonly post: operations["decideClaim"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/topics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The topics that can be read, and how far they reach. */
        readonly get: operations["listTopics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/topics/{topic}/messages": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A page of committed records. */
        readonly get: operations["readTopic"];
        readonly put?: never;
        /**
         * Write a whole message.
         * @description The same messageId and content is handled once. The topic is that of the message type.
         */
        readonly post: operations["produceMessage"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dead-letters": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Dead letters, newest first. */
        readonly get: operations["listDeadLetters"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dead-letters/{letterId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One dead letter with body and causes. */
        readonly get: operations["getDeadLetter"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dead-letters/{letterId}/redrive": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Send it back as it is, once.
         * @description Message, resolution and audit line are one transaction.
         */
        readonly post: operations["redriveDeadLetter"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dead-letters/{letterId}/edit": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Send a mended message in its place.
         * @description Message, resolution and audit line are one transaction.
         */
        readonly post: operations["editDeadLetter"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dead-letters/{letterId}/drop": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Be done with it: it is never sent.
         * @description Message, resolution and audit line are one transaction.
         */
        readonly post: operations["dropDeadLetter"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/agents": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The instances of agents, and what is parked at each. */
        readonly get: operations["listAgents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stats": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How far the topics reach, and what this gateway does. */
        readonly get: operations["getStats"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Messages, live.
         * @description Server-sent events, one for each committed message that meets the filters; `event` is its type, `data` as below. `id` stands for a position on the log: a reader who comes again with it as `Last-Event-ID` misses nothing and gets nothing twice from a partition. Where records are not kept any more it gets an event `gap`. A reader who does not keep up is disconnected.
         */
        readonly get: operations["stream"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/quotes/{quoteId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One of them. */
        readonly get: operations["getQuote"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policies": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Policies. */
        readonly get: operations["listPolicies"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/policies/{policyId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One of them. */
        readonly get: operations["getPolicy"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/claims/{claimId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One of them. */
        readonly get: operations["getClaim"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/conversations": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Conversations. */
        readonly get: operations["listConversations"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/conversations/{conversationId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One of them. */
        readonly get: operations["getConversation"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/approvals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Claims that people were asked to decide. */
        readonly get: operations["listApprovals"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/approvals/{claimId}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One of them. */
        readonly get: operations["getApproval"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/notifications": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What customers are told. */
        readonly get: operations["listNotifications"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/claims/{claimId}/history": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What happened to a claim, up to a time. */
        readonly get: operations["getClaimHistory"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "customerId": "cust-1001"
         *     }
         */
        readonly AcceptQuoteBody: {
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly AgentAnswer: {
            readonly agentId: string;
            readonly instanceId: string;
            readonly handles: readonly string[];
            readonly emits: readonly string[];
            readonly partitions: readonly number[];
            readonly generation: number;
            /** Format: date-time */
            readonly at: string;
            readonly parked?: components["schemas"]["ParkedAnswer"];
        };
        readonly AgentsAnswer: {
            readonly agents: readonly components["schemas"]["AgentAnswer"][];
        };
        readonly ApprovalAnswer: {
            readonly claimId: string;
            readonly customerId: string;
            /** @enum {string} */
            readonly status: "open" | "approved" | "denied" | "withdrawn";
            /** @enum {string} */
            readonly kind: "referred" | "reopened";
            /** @description The most that may be approved. */
            readonly payable?: components["schemas"]["MoneyValue"];
            readonly fraudPoints?: number;
            /** @enum {string} */
            readonly requiredAuthority?: "ADJUSTER" | "MANAGER";
            readonly reasons: readonly components["schemas"]["Reason"][];
            /** Format: date-time */
            readonly referredAt: string;
            readonly decidedBy?: string;
            readonly decidedAmount?: components["schemas"]["MoneyValue"];
            /** Format: date-time */
            readonly decidedAt?: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            readonly updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            readonly revision: number;
        };
        readonly ApprovalsPage: {
            readonly items: readonly components["schemas"]["ApprovalAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            readonly next?: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "peril": "HAIL",
         *       "at": "2026-06-14T17:20:00Z"
         *     }
         */
        readonly AskCoverageBody: {
            /** @enum {string} */
            readonly peril: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            /**
             * Format: date-time
             * @description Without it, the message's time.
             */
            readonly at?: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "assessmentId": "asm-2001",
         *       "purpose": "QUOTE",
         *       "product": "MOTOR",
         *       "motor": {
         *         "district": 2,
         *         "engine": "1-1.5l",
         *         "driverAge": 41
         *       },
         *       "occupation": "teacher",
         *       "previousClaims": 0,
         *       "bonusMalus": 0.95,
         *       "requestedCover": {
         *         "perils": [
         *           "COLLISION",
         *           "HAIL",
         *           "LIABILITY"
         *         ],
         *         "limit": {
         *           "amount": 2000000,
         *           "currency": "GBP"
         *         },
         *         "deductible": {
         *           "amount": 15000,
         *           "currency": "GBP"
         *         }
         *       },
         *       "effectiveFrom": "2026-03-05T00:00:00Z",
         *       "bookTransfer": false
         *     }
         */
        readonly AssessCustomerBody: {
            /** @description Without it, derived from the message id. */
            readonly assessmentId?: string;
            /**
             * @default QUOTE
             * @enum {string}
             */
            readonly purpose?: "QUOTE" | "REVIEW";
            /**
             * @default MOTOR
             * @enum {string}
             */
            readonly product?: "MOTOR" | "HOME";
            readonly motor?: components["schemas"]["MotorFacts"];
            readonly home?: components["schemas"]["HomeFacts"];
            readonly occupation?: string;
            /** @default 0 */
            readonly previousClaims?: number;
            /**
             * @description Bonus-malus coefficient; 1 is the start.
             * @default 1
             */
            readonly bonusMalus?: number;
            readonly requestedCover?: components["schemas"]["RequestedCover"];
            /**
             * Format: date-time
             * @description When cover shall begin.
             */
            readonly effectiveFrom?: string;
            /**
             * @description Part of a portfolio taken over from another insurer: cover may begin in the past.
             * @default false
             */
            readonly bookTransfer?: boolean;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "effectiveAt": "2026-09-01T00:00:00Z",
         *       "initiator": "INSURED",
         *       "fromInception": false,
         *       "reason": "The car was sold."
         *     }
         */
        readonly CancelPolicyBody: {
            /** Format: date-time */
            readonly effectiveAt: string;
            /** @enum {string} */
            readonly initiator: "INSURER" | "INSURED";
            /**
             * @description Flat: as if it had never been, the whole premium back.
             * @default false
             */
            readonly fromInception?: boolean;
            readonly reason: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly CauseAnswer: {
            readonly name?: string;
            readonly code?: string;
            readonly message?: string;
        };
        readonly ClaimAnswer: {
            readonly claimId: string;
            readonly customerId: string;
            readonly policyId: string;
            /** @enum {string} */
            readonly status: "filed" | "reserved" | "referred" | "approved" | "payment_refused" | "paid" | "denied" | "withdrawn" | "closed" | "reopened";
            /** Format: date-time */
            readonly lossAt: string;
            /** Format: date-time */
            readonly reportedAt: string;
            /** @enum {string} */
            readonly cause: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            readonly reporter: string;
            readonly estimatedLoss: components["schemas"]["MoneyValue"];
            /** @description Set aside now. */
            readonly reserve?: components["schemas"]["MoneyValue"];
            readonly payable?: components["schemas"]["MoneyValue"];
            /** @description Settled by the provider, over all payments. */
            readonly paid: components["schemas"]["MoneyValue"];
            /** @description Absent until the policy agent has answered. */
            readonly covered?: boolean;
            readonly coverageReasons: readonly components["schemas"]["Reason"][];
            readonly fraudPoints?: number;
            readonly fraudIndicators: readonly components["schemas"]["FraudIndicator"][];
            /** @enum {string} */
            readonly requiredAuthority?: "ADJUSTER" | "MANAGER";
            /** @description AUTOMATIC, or the person who decided last. */
            readonly decidedBy?: string;
            /** @description Of the last decision, referral, refusal or reopening. */
            readonly reasons: readonly components["schemas"]["Reason"][];
            /** @enum {string} */
            readonly outcome?: "PAID" | "DENIED" | "WITHDRAWN";
            /** Format: date-time */
            readonly filedAt: string;
            /** Format: date-time */
            readonly closedAt?: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            readonly updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            readonly revision: number;
        };
        readonly ClaimApprovedPayload: {
            readonly payable: components["schemas"]["MoneyValue"];
            /** @description AUTOMATIC, or the person who decided. */
            readonly approvedBy: string;
            readonly reasons: readonly components["schemas"]["Reason"][];
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
            readonly claimId: string;
        };
        readonly ClaimDeniedPayload: {
            /** @description Every reason, not only the first. */
            readonly reasons: readonly components["schemas"]["Reason"][];
            /** @description AUTOMATIC, or the person who decided. */
            readonly deniedBy: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
            readonly claimId: string;
        };
        readonly ClaimFiledPayload: {
            readonly claimId: string;
            readonly policyId: string;
            /** Format: date-time */
            readonly lossAt: string;
            /** Format: date-time */
            readonly reportedAt: string;
            /** @enum {string} */
            readonly cause: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            readonly estimatedLoss: components["schemas"]["MoneyValue"];
            readonly reporter: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly ClaimHistoryAnswer: {
            readonly claimId: string;
            /**
             * Format: date-time
             * @description As it was asked for.
             */
            readonly asOf?: string;
            /** @description What the claim was then, by the rules of the claims agent. */
            readonly status?: string;
            /** @description Oldest first. */
            readonly events: readonly components["schemas"]["HistoryEvent"][];
        };
        readonly ClaimReopenedPayload: {
            readonly reason: components["schemas"]["Reason"];
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
            readonly claimId: string;
        };
        readonly ClaimWithdrawnPayload: {
            readonly reason: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
            readonly claimId: string;
        };
        readonly ClaimsPage: {
            readonly items: readonly components["schemas"]["ClaimAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            readonly next?: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001"
         *     }
         */
        readonly CloseConversationBody: {
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly CommandAccepted: {
            /** @description What follows from the command names it as its cause or correlation. */
            readonly messageId: string;
            readonly messageType: string;
            readonly customerId: string;
            /** Format: date-time */
            readonly sentAt: string;
            readonly links: components["schemas"]["CommandLinks"];
        };
        readonly CommandLinks: {
            /** @description What the command brings into being or changes. */
            readonly resource: string;
            /** @description The customer's messages, live. */
            readonly stream: string;
        };
        readonly ConsentAnswer: {
            /** @enum {string} */
            readonly purpose: "SERVICE" | "MARKETING" | "DATA_SHARING";
            readonly granted: boolean;
        };
        readonly ConsentChoice: {
            /** @enum {string} */
            readonly purpose: "SERVICE" | "MARKETING" | "DATA_SHARING";
            readonly granted: boolean;
        };
        readonly ConversationAnswer: {
            readonly conversationId: string;
            readonly customerId: string;
            /** @enum {string} */
            readonly status: "open" | "closed";
            /** Format: date-time */
            readonly openedAt: string;
            /** Format: date-time */
            readonly closedAt?: string;
            readonly messageCount: number;
            /** Format: date-time */
            readonly lastMessageAt?: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            readonly updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            readonly revision: number;
        };
        readonly ConversationClosedPayload: {
            readonly conversationId: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly ConversationLine: {
            readonly sequence: number;
            /** @enum {string} */
            readonly author: "CUSTOMER" | "AGENT";
            readonly text: string;
            /** Format: date-time */
            readonly sentAt: string;
            readonly messageId: string;
        };
        readonly ConversationLinesAnswer: {
            /** @description Oldest first. */
            readonly items: readonly components["schemas"]["ConversationLine"][];
            /** @description `cursor` of the next page; none on the last. */
            readonly next?: string;
        };
        readonly ConversationMessageRecordedPayload: {
            readonly conversationId: string;
            /** @description Place in the conversation, from 1. */
            readonly sequence: number;
            /** @enum {string} */
            readonly author: "CUSTOMER" | "AGENT";
            readonly text: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly ConversationsPage: {
            readonly items: readonly components["schemas"]["ConversationAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            readonly next?: string;
        };
        readonly Cover: {
            readonly perils: readonly ("COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD")[];
            /** @description Most that one loss pays. */
            readonly limit: components["schemas"]["MoneyValue"];
            /** @description Part of a loss that the customer bears. */
            readonly deductible: components["schemas"]["MoneyValue"];
        };
        readonly CoverageQuestionAnsweredPayload: {
            readonly policyId: string;
            /** @enum {string} */
            readonly peril: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            /** Format: date-time */
            readonly at: string;
            readonly covered: boolean;
            readonly limit?: components["schemas"]["MoneyValue"];
            readonly deductible?: components["schemas"]["MoneyValue"];
            readonly reasons: readonly components["schemas"]["Reason"][];
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly CustomerAnswer: {
            readonly customerId: string;
            /**
             * Format: date-time
             * @description Absent while only assessed.
             */
            readonly registeredAt?: string;
            readonly channels: readonly ("LOG" | "EMAIL" | "WEBHOOK")[];
            readonly language?: string;
            readonly consents: readonly components["schemas"]["ConsentAnswer"][];
            readonly riskScore?: number;
            /** Format: date-time */
            readonly assessedAt?: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            readonly updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            readonly revision: number;
        };
        readonly CustomerConsentChangedPayload: {
            /** @enum {string} */
            readonly purpose: "SERVICE" | "MARKETING" | "DATA_SHARING";
            readonly granted: boolean;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly CustomerProfileUpdatedPayload: {
            /** @description Names of the fields that changed; their values stay out of the log. */
            readonly changedFields: readonly string[];
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly CustomerRegisteredPayload: {
            /** Format: date-time */
            readonly registeredAt: string;
            readonly channels: readonly ("LOG" | "EMAIL" | "WEBHOOK")[];
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly CustomersPage: {
            readonly items: readonly components["schemas"]["CustomerAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            readonly next?: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "decision": "APPROVE",
         *       "decidedBy": "manager-7",
         *       "reason": "The expert's report confirms the loss.",
         *       "amount": {
         *         "amount": 1200000,
         *         "currency": "GBP"
         *       }
         *     }
         */
        readonly DecideClaimBody: {
            /** @enum {string} */
            readonly decision: "APPROVE" | "DENY";
            /** @description The person who decides. */
            readonly decidedBy: string;
            readonly reason: string;
            /** @description At most what is payable, which it is without. */
            readonly amount?: components["schemas"]["MoneyValue"];
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        /**
         * @example {
         *       "by": "jo.operator",
         *       "reason": "The rating table is loaded again.",
         *       "message": {
         *         "messageType": "ACCEPT_QUOTE",
         *         "payload": {}
         *       }
         *     }
         */
        readonly EditOrder: {
            /** @description The whole message as it is to be sent. */
            readonly message: Record<string, never>;
            readonly by: string;
            /** @description No personal data. */
            readonly reason: string;
            /**
             * @description Tell what would be done, and do nothing.
             * @default false
             */
            readonly dryRun?: boolean;
            /**
             * @description Send what breaks its contract too.
             * @default false
             */
            readonly force?: boolean;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "effectiveAt": "2026-09-01T00:00:00Z",
         *       "cover": {
         *         "deductible": {
         *           "amount": 10000,
         *           "currency": "GBP"
         *         }
         *       }
         *     }
         */
        readonly EndorsePolicyBody: {
            /** Format: date-time */
            readonly effectiveAt: string;
            /** @description What is left out stays as it is. */
            readonly cover?: components["schemas"]["RequestedCover"];
            readonly motor?: components["schemas"]["MotorFacts"];
            readonly home?: components["schemas"]["HomeFacts"];
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly Envelope: {
            /** @description Same id and content: handled once. Default: derived from the record's position. */
            readonly messageId?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC. Default: the record's timestamp.
             */
            readonly timestamp?: string;
            /** @default unknown */
            readonly sourceAgentId?: string;
            /**
             * @description null = broadcast.
             * @default null
             */
            readonly targetAgentId?: string | null;
            /** @description SCREAMING_SNAKE, such as FILE_CLAIM. */
            readonly messageType: string;
            /**
             * @default NORMAL
             * @enum {string}
             */
            readonly priority?: "HIGH" | "NORMAL" | "LOW";
            /**
             * @description Version of the payload's schema.
             * @default 1
             */
            readonly schemaVersion?: number;
            /** @description By the schema of the message type and version. */
            readonly payload: Record<string, never>;
            /** @default {} */
            readonly metadata?: components["schemas"]["MetadataContract"];
        };
        readonly EnvelopeContract: {
            /** @description Same id and content: handled once. Default: derived from the record's position. */
            readonly messageId?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC. Default: the record's timestamp.
             */
            readonly timestamp?: string;
            /** @default unknown */
            readonly sourceAgentId?: string;
            /**
             * @description null = broadcast.
             * @default null
             */
            readonly targetAgentId?: string | null;
            /** @description SCREAMING_SNAKE, such as FILE_CLAIM. */
            readonly messageType: string;
            /**
             * @default NORMAL
             * @enum {string}
             */
            readonly priority?: "HIGH" | "NORMAL" | "LOW";
            /**
             * @description Version of the payload's schema.
             * @default 1
             */
            readonly schemaVersion?: number;
            /** @description By the schema of the message type and version. */
            readonly payload: Record<string, never>;
            /** @default {} */
            readonly metadata?: components["schemas"]["MetadataContract"];
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "claimId": "clm-5001",
         *       "policyId": "pol-4001",
         *       "lossAt": "2026-06-14T17:20:00Z",
         *       "reportedAt": "2026-06-15T08:05:00Z",
         *       "cause": "HAIL",
         *       "estimatedLoss": {
         *         "amount": 50000,
         *         "currency": "GBP"
         *       },
         *       "description": "Hail dented the bonnet and the roof.",
         *       "reporter": "policyholder"
         *     }
         */
        readonly FileClaimBody: {
            /** @description Without it, derived from the message id. */
            readonly claimId?: string;
            readonly policyId: string;
            /** Format: date-time */
            readonly lossAt: string;
            /**
             * Format: date-time
             * @description Without it, the message's time.
             */
            readonly reportedAt?: string;
            /** @enum {string} */
            readonly cause: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            readonly estimatedLoss: components["schemas"]["MoneyValue"];
            readonly description?: string;
            /**
             * @description Who reports the loss.
             * @default policyholder
             */
            readonly reporter?: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly FraudIndicator: {
            readonly code: string;
            readonly points: number;
            /** @description A plain sentence. */
            readonly detail: string;
        };
        readonly HistoryEvent: {
            readonly messageId: string;
            readonly type: string;
            /** Format: date-time */
            readonly occurredAt: string;
            readonly agentId: string;
            /** @enum {string} */
            readonly stage: "intake" | "assessment" | "recommendation" | "decision" | "settlement";
            readonly causationId?: string;
            /** @description By the schema of its type. */
            readonly payload: Record<string, never>;
        };
        readonly HomeFacts: {
            /** @enum {string} */
            readonly construction: "BRICK" | "STONE" | "TIMBER";
            /** @description What the customer carries. */
            readonly sumInsured: components["schemas"]["MoneyValue"];
            /** @description What would have to be carried; without it, the sum insured. */
            readonly rebuildingCost?: components["schemas"]["MoneyValue"];
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "effectiveAt": "2026-09-01T00:00:00Z",
         *       "reason": "The premium was not paid."
         *     }
         */
        readonly LapsePolicyBody: {
            /** Format: date-time */
            readonly effectiveAt: string;
            readonly reason: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly LetterAnswer: {
            readonly id: string;
            /** @enum {string} */
            readonly status: "open" | "redriven" | "dropped";
            readonly resolution?: components["schemas"]["ResolutionAnswer"];
            readonly code: string;
            readonly agentId: string;
            readonly messageType?: string;
            readonly customerId?: string;
            readonly messageId: string;
            readonly origin: components["schemas"]["OriginAnswer"];
            readonly attempts: number;
            /**
             * Format: date-time
             * @description When it was given up.
             */
            readonly at: string;
            /** Format: date-time */
            readonly recordedAt: string;
            /** @description The letter that this one was before it was redriven. */
            readonly redriveOf?: string;
            /** @description Length of the body. */
            readonly bytes: number;
        };
        /**
         * @example {
         *       "by": "jo.operator",
         *       "reason": "The rating table is loaded again."
         *     }
         */
        readonly LetterOrder: {
            readonly by: string;
            /** @description No personal data. */
            readonly reason: string;
            /**
             * @description Tell what would be done, and do nothing.
             * @default false
             */
            readonly dryRun?: boolean;
        };
        readonly LetterOutcomeAnswer: {
            readonly id: string;
            /** @enum {string} */
            readonly kind: "sent" | "dropped";
            readonly dryRun: boolean;
            readonly newMessageId?: string;
            /** @description Full name of the topic that it was sent to. */
            readonly topic?: string;
            readonly partition?: number;
        };
        readonly LettersAnswer: {
            /** @description Newest first. */
            readonly letters: readonly components["schemas"]["LetterAnswer"][];
            /** @description How many match, on all pages. */
            readonly matching: number;
            /** @description `cursor` of the next page; none on the last. */
            readonly next?: string;
        };
        readonly MetadataContract: {
            readonly conversationId?: string;
            readonly sessionId?: string;
            readonly traceId?: string;
            /** @description Id of the message that started the workflow. */
            readonly correlationId?: string;
            /** @description Id of the message that directly caused this one. */
            readonly causationId?: string;
            /** @description Id of the request that this message belongs to; the answer carries it. */
            readonly requestId?: string;
            /** @description W3C trace context. */
            readonly traceparent?: string;
        };
        readonly MoneyValue: {
            /** @description Minor units (pence, øre, cents). */
            readonly amount: number;
            /**
             * @description ISO 4217.
             * @enum {string}
             */
            readonly currency: "GBP" | "DKK" | "EUR" | "USD";
        };
        readonly MotorFacts: {
            /**
             * @description 1 (rural) to 4 (large cities).
             * @enum {number}
             */
            readonly district: 1 | 2 | 3 | 4;
            /**
             * @description Engine size in litres.
             * @enum {string}
             */
            readonly engine: "<1l" | "1-1.5l" | "1.5-2l" | ">2l";
            /** @description Years. */
            readonly driverAge: number;
        };
        readonly NotificationAnswer: {
            readonly notificationId: string;
            readonly customerId: string;
            /** @enum {string} */
            readonly channel: "LOG" | "EMAIL" | "WEBHOOK";
            readonly template: string;
            readonly language: string;
            readonly parameters: {
                readonly [key: string]: string;
            };
            /** @description Message that the customer is told about. */
            readonly causedBy: string;
            /** Format: date-time */
            readonly requestedAt: string;
        };
        readonly NotificationPreferencesSetPayload: {
            readonly channels: readonly ("LOG" | "EMAIL" | "WEBHOOK")[];
            /** @description Language tag, such as en or da-DK. */
            readonly language: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly NotificationsPage: {
            readonly items: readonly components["schemas"]["NotificationAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            readonly next?: string;
        };
        readonly OriginAnswer: {
            /** @description Full name. */
            readonly topic: string;
            readonly partition: number;
            readonly offset: number;
        };
        readonly ParkedAnswer: {
            readonly keys: number;
            readonly messages: number;
            readonly oldest: readonly components["schemas"]["ParkedEntryAnswer"][];
        };
        readonly ParkedEntryAnswer: {
            readonly customerId: string;
            /** Format: date-time */
            readonly since: string;
            /** Format: date-time */
            readonly nextTry: string;
            readonly attempts: number;
            readonly waiting: number;
            readonly code: string;
            readonly reason: string;
        };
        readonly PartitionAnswer: {
            readonly partition: number;
            /** @description First offset that is kept. */
            readonly start: number;
            /** @description Offset after the last record that is committed. */
            readonly end: number;
        };
        readonly PaymentAnswer: {
            readonly paymentId: string;
            /** @enum {string} */
            readonly status: "settled" | "refused";
            readonly amount: components["schemas"]["MoneyValue"];
            readonly providerReference?: string;
            readonly refusal?: components["schemas"]["Reason"];
            /** Format: date-time */
            readonly answeredAt: string;
        };
        readonly PoliciesPage: {
            readonly items: readonly components["schemas"]["PolicyAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            readonly next?: string;
        };
        readonly PolicyAnswer: {
            readonly policyId: string;
            readonly customerId: string;
            readonly quoteId: string;
            /** @enum {string} */
            readonly product: "MOTOR" | "HOME";
            /** @enum {string} */
            readonly status: "bound" | "in_force" | "cancelled" | "lapsed";
            readonly version: number;
            readonly cover: components["schemas"]["Cover"];
            /** @description A year. */
            readonly premium?: components["schemas"]["MoneyValue"];
            readonly motor?: components["schemas"]["MotorFacts"];
            readonly home?: components["schemas"]["HomeFacts"];
            /** Format: date-time */
            readonly effectiveFrom: string;
            /** Format: date-time */
            readonly effectiveTo: string;
            readonly bonusMalus: number;
            /** Format: date-time */
            readonly boundAt: string;
            /** Format: date-time */
            readonly endedAt?: string;
            readonly endReason?: string;
            readonly cancellationMethod?: string;
            readonly refund?: components["schemas"]["MoneyValue"];
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            readonly updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            readonly revision: number;
        };
        readonly PolicyBoundPayload: {
            readonly quoteId: string;
            /** @enum {string} */
            readonly product: "MOTOR" | "HOME";
            /** @description The policy's version, from 1; each change of its terms adds one. */
            readonly version: number;
            readonly cover: components["schemas"]["Cover"];
            /** @description A year. */
            readonly premium: components["schemas"]["MoneyValue"];
            /**
             * Format: date-time
             * @description First moment of cover.
             */
            readonly effectiveFrom: string;
            /**
             * Format: date-time
             * @description First moment after the cover.
             */
            readonly effectiveTo: string;
            readonly motor?: components["schemas"]["MotorFacts"];
            readonly home?: components["schemas"]["HomeFacts"];
            /** @description Bonus-malus coefficient; 1 is the start. */
            readonly bonusMalus: number;
            /** @description Later changes are rated with it. */
            readonly riskScore?: number;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
            readonly policyId: string;
        };
        readonly PolicyCancelledPayload: {
            /** Format: date-time */
            readonly effectiveAt: string;
            /** @enum {string} */
            readonly method: "PRO_RATA" | "SHORT_RATE" | "FLAT";
            readonly refund: components["schemas"]["MoneyValue"];
            readonly reason: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
            readonly policyId: string;
        };
        readonly PolicyEndorsedPayload: {
            /** @description The policy's version, from 1; each change of its terms adds one. */
            readonly version: number;
            /** Format: date-time */
            readonly effectiveAt: string;
            readonly cover: components["schemas"]["Cover"];
            /** @description A year, by the new terms. */
            readonly premium: components["schemas"]["MoneyValue"];
            /** @description For the rest of the period; negative is paid back. */
            readonly premiumDifference: components["schemas"]["SignedMoneyValue"];
            /** @description More perils, a higher limit or a lower deductible than before. */
            readonly coverIncreased: boolean;
            readonly motor?: components["schemas"]["MotorFacts"];
            readonly home?: components["schemas"]["HomeFacts"];
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
            readonly policyId: string;
        };
        readonly PolicyLapsedPayload: {
            /** Format: date-time */
            readonly effectiveAt: string;
            readonly reason: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
            readonly policyId: string;
        };
        readonly PolicyReinstatedPayload: {
            /** @description The policy's version, from 1; each change of its terms adds one. */
            readonly version: number;
            /** Format: date-time */
            readonly effectiveAt: string;
            /** @description There was a time without cover. */
            readonly gap: boolean;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
            readonly policyId: string;
        };
        readonly PolicyRenewedPayload: {
            /** @description The policy's version, from 1; each change of its terms adds one. */
            readonly version: number;
            /** Format: date-time */
            readonly effectiveFrom: string;
            /**
             * Format: date-time
             * @description First moment after the cover.
             */
            readonly effectiveTo: string;
            /** @description A year. */
            readonly premium: components["schemas"]["MoneyValue"];
            /** @description Bonus-malus coefficient; 1 is the start. */
            readonly bonusMalus: number;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
            readonly policyId: string;
        };
        readonly PolicyVersionAnswer: {
            readonly version: number;
            /** @enum {string} */
            readonly change: "bound" | "endorsed" | "renewed" | "reinstated";
            /** Format: date-time */
            readonly effectiveFrom: string;
            /** Format: date-time */
            readonly effectiveTo: string;
            readonly cover: components["schemas"]["Cover"];
            /** @description A year. */
            readonly premium?: components["schemas"]["MoneyValue"];
            /** @description Of an endorsement; negative is paid back. */
            readonly premiumDifference?: components["schemas"]["SignedMoneyValue"];
            readonly bonusMalus: number;
            /** Format: date-time */
            readonly changedAt: string;
        };
        readonly Problem: {
            /** @description Stable: programs decide by it. */
            readonly type: string;
            readonly title: string;
            readonly status: number;
            /** @description For people. */
            readonly detail: string;
            /** @description Of the trace in the traceparent header. */
            readonly traceId: string;
            /** @description Every broken rule. */
            readonly violations?: readonly components["schemas"]["ViolationAnswer"][];
            /** @description The agent's own code of a refusal. */
            readonly code?: string;
        };
        readonly ProcessAnswer: {
            readonly instanceId: string;
            /** Format: date-time */
            readonly startedAt: string;
            /** @description Live streams of this gateway. */
            readonly streams: number;
        };
        readonly ProducedAnswer: {
            readonly messageId: string;
            readonly topic: string;
            readonly partition: number;
            /** @description -1 where an earlier try had been written. */
            readonly offset: number;
        };
        readonly QuoteAnswer: {
            readonly quoteId: string;
            readonly customerId: string;
            /** @enum {string} */
            readonly status: "issued" | "declined" | "accepted" | "expired";
            readonly assessmentId?: string;
            /** @enum {string} */
            readonly product?: "MOTOR" | "HOME";
            readonly cover?: components["schemas"]["Cover"];
            /** @description A year. */
            readonly premium?: components["schemas"]["MoneyValue"];
            readonly rating?: readonly components["schemas"]["RatingStep"][];
            readonly riskScore?: number;
            readonly bonusMalus?: number;
            readonly motor?: components["schemas"]["MotorFacts"];
            readonly home?: components["schemas"]["HomeFacts"];
            /** Format: date-time */
            readonly effectiveFrom?: string;
            /** Format: date-time */
            readonly validUntil?: string;
            /** @description Of an accepted quote. */
            readonly policyId?: string;
            /** @description Why it was declined. */
            readonly reasons: readonly components["schemas"]["Reason"][];
            /** Format: date-time */
            readonly issuedAt: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            readonly updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            readonly revision: number;
        };
        readonly QuoteDeclinedPayload: {
            readonly quoteId: string;
            readonly reasons: readonly components["schemas"]["Reason"][];
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly QuoteIssuedPayload: {
            readonly quoteId: string;
            readonly assessmentId?: string;
            /** @enum {string} */
            readonly product: "MOTOR" | "HOME";
            readonly cover: components["schemas"]["Cover"];
            /** @description A year. */
            readonly premium: components["schemas"]["MoneyValue"];
            /** @description How the premium came about, step by step. */
            readonly rating: readonly components["schemas"]["RatingStep"][];
            readonly riskScore: number;
            /** Format: date-time */
            readonly effectiveFrom: string;
            /**
             * Format: date-time
             * @description The quote can be accepted until then.
             */
            readonly validUntil: string;
            readonly motor?: components["schemas"]["MotorFacts"];
            readonly home?: components["schemas"]["HomeFacts"];
            /** @description Bonus-malus coefficient; 1 is the start. */
            readonly bonusMalus: number;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly QuotesPage: {
            readonly items: readonly components["schemas"]["QuoteAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            readonly next?: string;
        };
        readonly RatingStep: {
            readonly step: string;
            /** @description Relativity applied, as a decimal number. */
            readonly factor: string;
            /** @description A year, after this step. */
            readonly premium: components["schemas"]["MoneyValue"];
        };
        readonly Reason: {
            readonly code: string;
            /** @description A plain sentence. */
            readonly detail: string;
        };
        readonly RecordAnswer: {
            readonly partition: number;
            readonly offset: number;
            /**
             * Format: date-time
             * @description The record's timestamp.
             */
            readonly timestamp: string;
            readonly key?: string;
            readonly headers: {
                readonly [key: string]: string;
            };
            /** @description Where the record is a message. */
            readonly message?: components["schemas"]["EnvelopeContract"];
            /** @description Where it is none; absent of a tombstone. */
            readonly value?: string;
        };
        readonly RecordsAnswer: {
            /** @description In order within a partition; over partitions by time. */
            readonly records: readonly components["schemas"]["RecordAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            readonly next?: string;
        };
        /**
         * @example {
         *       "by": "jo.operator",
         *       "reason": "The rating table is loaded again."
         *     }
         */
        readonly RedriveOrder: {
            /**
             * @description Send what breaks its contract too.
             * @default false
             */
            readonly force?: boolean;
            readonly by: string;
            /** @description No personal data. */
            readonly reason: string;
            /**
             * @description Tell what would be done, and do nothing.
             * @default false
             */
            readonly dryRun?: boolean;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "fullName": "Ada Example",
         *       "email": "ada@example.org",
         *       "phone": "+44 20 7946 0000",
         *       "postalAddress": "1 Example Street, London",
         *       "dateOfBirth": "1984-05-17",
         *       "consents": [
         *         {
         *           "purpose": "SERVICE",
         *           "granted": true
         *         }
         *       ],
         *       "channels": [
         *         "LOG",
         *         "EMAIL"
         *       ]
         *     }
         */
        readonly RegisterCustomerBody: {
            readonly fullName?: string;
            readonly email?: string;
            readonly phone?: string;
            readonly postalAddress?: string;
            /** Format: date */
            readonly dateOfBirth?: string;
            readonly consents?: readonly components["schemas"]["ConsentChoice"][];
            readonly channels?: readonly ("LOG" | "EMAIL" | "WEBHOOK")[];
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "effectiveAt": "2026-09-10T00:00:00Z",
         *       "reason": "The premium arrived."
         *     }
         */
        readonly ReinstatePolicyBody: {
            /** Format: date-time */
            readonly effectiveAt: string;
            readonly reason: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "atFaultClaims": 0,
         *       "partlyAtFaultClaims": 1
         *     }
         */
        readonly RenewPolicyBody: {
            /**
             * @description In the period that ends.
             * @default 0
             */
            readonly atFaultClaims?: number;
            /**
             * @description In the period that ends.
             * @default 0
             */
            readonly partlyAtFaultClaims?: number;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "reason": "The repair shop found further damage."
         *     }
         */
        readonly ReopenClaimBody: {
            readonly reason: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "assessmentId": "asm-2001",
         *       "product": "MOTOR",
         *       "motor": {
         *         "district": 2,
         *         "engine": "1-1.5l",
         *         "driverAge": 41
         *       },
         *       "occupation": "teacher",
         *       "previousClaims": 0,
         *       "bonusMalus": 0.95,
         *       "requestedCover": {
         *         "perils": [
         *           "COLLISION",
         *           "HAIL",
         *           "LIABILITY"
         *         ],
         *         "limit": {
         *           "amount": 2000000,
         *           "currency": "GBP"
         *         },
         *         "deductible": {
         *           "amount": 15000,
         *           "currency": "GBP"
         *         }
         *       },
         *       "effectiveFrom": "2026-03-05T00:00:00Z",
         *       "bookTransfer": false
         *     }
         */
        readonly RequestQuoteBody: {
            /** @description Without it, derived from the message id. */
            readonly assessmentId?: string;
            /**
             * @default MOTOR
             * @enum {string}
             */
            readonly product?: "MOTOR" | "HOME";
            readonly motor?: components["schemas"]["MotorFacts"];
            readonly home?: components["schemas"]["HomeFacts"];
            readonly occupation?: string;
            /** @default 0 */
            readonly previousClaims?: number;
            /**
             * @description Bonus-malus coefficient; 1 is the start.
             * @default 1
             */
            readonly bonusMalus?: number;
            readonly requestedCover?: components["schemas"]["RequestedCover"];
            /**
             * Format: date-time
             * @description When cover shall begin.
             */
            readonly effectiveFrom?: string;
            /**
             * @description Part of a portfolio taken over from another insurer: cover may begin in the past.
             * @default false
             */
            readonly bookTransfer?: boolean;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        readonly RequestedCover: {
            readonly perils?: readonly ("COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD")[];
            readonly limit?: components["schemas"]["MoneyValue"];
            readonly deductible?: components["schemas"]["MoneyValue"];
        };
        readonly ResolutionAnswer: {
            /** @enum {string} */
            readonly action: "redrive" | "edit" | "drop";
            readonly by: string;
            /** Format: date-time */
            readonly at: string;
            readonly reason?: string;
            readonly newMessageId?: string;
        };
        readonly RiskAssessmentCompletedPayload: {
            /** @description 0 (best) to 100 (worst). */
            readonly riskScore: number;
            /** @description What raised or lowered the score, such as previous_claims. */
            readonly riskFactors: readonly string[];
            /** @description Such as additional_coverage or higher_premium. */
            readonly recommendations: readonly string[];
            readonly assessmentId?: string;
            /** @enum {string} */
            readonly purpose?: "QUOTE" | "REVIEW";
            /** @enum {string} */
            readonly product?: "MOTOR" | "HOME";
            readonly motor?: components["schemas"]["MotorFacts"];
            readonly home?: components["schemas"]["HomeFacts"];
            readonly occupation?: string;
            readonly previousClaims?: number;
            /** @description Bonus-malus coefficient; 1 is the start. */
            readonly bonusMalus?: number;
            /** @description Expected claims of one policy in one quarter. */
            readonly expectedClaimsPerQuarter?: number;
            readonly requestedCover?: components["schemas"]["RequestedCover"];
            /** Format: date-time */
            readonly effectiveFrom?: string;
            readonly bookTransfer?: boolean;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "text": "Is hail covered?"
         *     }
         */
        readonly SendMessageBody: {
            readonly text: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
        /**
         * @example {
         *       "granted": false
         *     }
         */
        readonly SetConsentBody: {
            readonly granted: boolean;
        };
        /**
         * @example {
         *       "channels": [
         *         "EMAIL"
         *       ],
         *       "language": "en"
         *     }
         */
        readonly SetPreferencesBody: {
            readonly channels: readonly ("LOG" | "EMAIL" | "WEBHOOK")[];
            /** @description Language tag, such as en or da-DK. */
            readonly language?: string;
        };
        readonly SignedMoneyValue: {
            /** @description Minor units (pence, øre, cents); negative is in favour of the customer. */
            readonly amount: number;
            /**
             * @description ISO 4217.
             * @enum {string}
             */
            readonly currency: "GBP" | "DKK" | "EUR" | "USD";
        };
        readonly StatsAnswer: {
            readonly gateway: components["schemas"]["ProcessAnswer"];
            readonly topics: readonly components["schemas"]["TopicAnswer"][];
        };
        readonly StreamEvent: {
            /** @description Without the namespace. */
            readonly topic: string;
            readonly partition: number;
            readonly offset: number;
            /** @description Hand it to a read as `aika-position` to see what the message did. */
            readonly position: string;
            /**
             * Format: date-time
             * @description The record's timestamp.
             */
            readonly recordedAt: string;
            /** @enum {string} */
            readonly stage: "intake" | "assessment" | "recommendation" | "decision" | "settlement";
            readonly message: components["schemas"]["EnvelopeContract"];
        };
        readonly TopicAnswer: {
            /** @description Without the namespace. */
            readonly name: string;
            readonly partitions: readonly components["schemas"]["PartitionAnswer"][];
        };
        readonly TopicsAnswer: {
            readonly topics: readonly components["schemas"]["TopicAnswer"][];
        };
        /**
         * @example {
         *       "email": "ada.example@example.org"
         *     }
         */
        readonly UpdateProfileBody: {
            readonly fullName?: string;
            readonly email?: string;
            readonly phone?: string;
            readonly postalAddress?: string;
        };
        readonly ViolationAnswer: {
            /** @description JSON pointer into the body, `?name` of a parameter, or `header name`. */
            readonly path: string;
            readonly expected: string;
            /** @description Type and length; the value itself of a number or flag only. */
            readonly found: string;
        };
        readonly WholeClaimAnswer: {
            readonly payments: readonly components["schemas"]["PaymentAnswer"][];
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            readonly updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            readonly revision: number;
            readonly claimId: string;
            readonly customerId: string;
            readonly policyId: string;
            /** @enum {string} */
            readonly status: "filed" | "reserved" | "referred" | "approved" | "payment_refused" | "paid" | "denied" | "withdrawn" | "closed" | "reopened";
            /** Format: date-time */
            readonly lossAt: string;
            /** Format: date-time */
            readonly reportedAt: string;
            /** @enum {string} */
            readonly cause: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            readonly reporter: string;
            readonly estimatedLoss: components["schemas"]["MoneyValue"];
            /** @description Set aside now. */
            readonly reserve?: components["schemas"]["MoneyValue"];
            readonly payable?: components["schemas"]["MoneyValue"];
            /** @description Settled by the provider, over all payments. */
            readonly paid: components["schemas"]["MoneyValue"];
            /** @description Absent until the policy agent has answered. */
            readonly covered?: boolean;
            readonly coverageReasons: readonly components["schemas"]["Reason"][];
            readonly fraudPoints?: number;
            readonly fraudIndicators: readonly components["schemas"]["FraudIndicator"][];
            /** @enum {string} */
            readonly requiredAuthority?: "ADJUSTER" | "MANAGER";
            /** @description AUTOMATIC, or the person who decided last. */
            readonly decidedBy?: string;
            /** @description Of the last decision, referral, refusal or reopening. */
            readonly reasons: readonly components["schemas"]["Reason"][];
            /** @enum {string} */
            readonly outcome?: "PAID" | "DENIED" | "WITHDRAWN";
            /** Format: date-time */
            readonly filedAt: string;
            /** Format: date-time */
            readonly closedAt?: string;
        };
        readonly WholeLetterAnswer: {
            /** @description Outermost first. */
            readonly causes: readonly components["schemas"]["CauseAnswer"][];
            readonly key?: string;
            /** @description The record that died, as text. */
            readonly body: string;
            readonly headers: {
                readonly [key: string]: string;
            };
            /** @description Letters that it came back as. */
            readonly returnedAs: readonly string[];
            readonly id: string;
            /** @enum {string} */
            readonly status: "open" | "redriven" | "dropped";
            readonly resolution?: components["schemas"]["ResolutionAnswer"];
            readonly code: string;
            readonly agentId: string;
            readonly messageType?: string;
            readonly customerId?: string;
            readonly messageId: string;
            readonly origin: components["schemas"]["OriginAnswer"];
            readonly attempts: number;
            /**
             * Format: date-time
             * @description When it was given up.
             */
            readonly at: string;
            /** Format: date-time */
            readonly recordedAt: string;
            /** @description The letter that this one was before it was redriven. */
            readonly redriveOf?: string;
            /** @description Length of the body. */
            readonly bytes: number;
        };
        readonly WholePolicyAnswer: {
            /** @description Oldest first. */
            readonly versions: readonly components["schemas"]["PolicyVersionAnswer"][];
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            readonly updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            readonly revision: number;
            readonly policyId: string;
            readonly customerId: string;
            readonly quoteId: string;
            /** @enum {string} */
            readonly product: "MOTOR" | "HOME";
            /** @enum {string} */
            readonly status: "bound" | "in_force" | "cancelled" | "lapsed";
            readonly version: number;
            readonly cover: components["schemas"]["Cover"];
            /** @description A year. */
            readonly premium?: components["schemas"]["MoneyValue"];
            readonly motor?: components["schemas"]["MotorFacts"];
            readonly home?: components["schemas"]["HomeFacts"];
            /** Format: date-time */
            readonly effectiveFrom: string;
            /** Format: date-time */
            readonly effectiveTo: string;
            readonly bonusMalus: number;
            /** Format: date-time */
            readonly boundAt: string;
            /** Format: date-time */
            readonly endedAt?: string;
            readonly endReason?: string;
            readonly cancellationMethod?: string;
            readonly refund?: components["schemas"]["MoneyValue"];
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "reason": "The other party pays."
         *     }
         */
        readonly WithdrawClaimBody: {
            readonly reason: string;
            /** @description The customer that the message is about; the partition key. */
            readonly customerId: string;
        };
    };
    responses: {
        /** @description The request cannot be understood; The request breaks its contract; The body is not JSON */
        readonly Problem400: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The agent refused the command */
        readonly Problem404: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The agent refused the command */
        readonly Problem409: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It has changed since it was read */
        readonly Problem412: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large */
        readonly Problem413: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Bodies are application/json */
        readonly Problem415: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The idempotency key belongs to another request */
        readonly Problem422: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests */
        readonly Problem429: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The gateway failed */
        readonly Problem500: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The answer took too long; Too much waits already; The message log does not answer; The database does not answer */
        readonly Problem503: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request cannot be understood; The request breaks its contract */
        readonly Problem400Variant1: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is nothing here */
        readonly Problem404Variant1: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The request cannot be understood; The request breaks its contract
         *
         *     The request cannot be understood; The request breaks its contract
         */
        readonly Problem400Variant2: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description Too many requests
         *
         *     Too many requests
         */
        readonly Problem429Variant1: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The gateway failed
         *
         *     The gateway failed
         */
        readonly Problem500Variant1: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The answer took too long; Too much waits already; The message log does not answer; The database does not answer
         *
         *     The answer took too long; Too much waits already; The message log does not answer; The database does not answer
         */
        readonly Problem503Variant1: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request contradicts what is there */
        readonly Problem409Variant1: {
            headers: {
                /** @description W3C trace context. */
                readonly traceparent?: string;
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    readonly listCustomers: {
        readonly parameters: {
            readonly query?: {
                /** @description Newest first without it. */
                readonly order?: "newest" | "oldest";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                readonly limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CustomersPage"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly registerCustomer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RegisterCustomerBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "CUSTOMER_REGISTERED";
                            readonly payload?: components["schemas"]["CustomerRegisteredPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly getCustomer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
                /** @description The ETag that the caller has. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                readonly customerId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As it is now. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description Changes with every change. */
                    readonly etag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CustomerAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly updateProfile: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                /** @description The customer that the message is about; the partition key. */
                readonly customerId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["UpdateProfileBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "CUSTOMER_PROFILE_UPDATED";
                            readonly payload?: components["schemas"]["CustomerProfileUpdatedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly setConsent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly purpose: "SERVICE" | "MARKETING" | "DATA_SHARING";
                /** @description The customer that the message is about; the partition key. */
                readonly customerId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SetConsentBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "CUSTOMER_CONSENT_CHANGED";
                            readonly payload?: components["schemas"]["CustomerConsentChangedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly setPreferences: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                /** @description The customer that the message is about; the partition key. */
                readonly customerId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SetPreferencesBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "NOTIFICATION_PREFERENCES_SET";
                            readonly payload?: components["schemas"]["NotificationPreferencesSetPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly assessCustomer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AssessCustomerBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "RISK_ASSESSMENT_COMPLETED";
                            readonly payload?: components["schemas"]["RiskAssessmentCompletedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly listQuotes: {
        readonly parameters: {
            readonly query?: {
                readonly status?: "issued" | "declined" | "accepted" | "expired";
                readonly product?: "MOTOR" | "HOME";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                readonly limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                readonly cursor?: string;
                /** @description Newest first without it. */
                readonly order?: "newest" | "oldest";
                readonly customer?: string;
            };
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QuotesPage"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly requestQuote: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RequestQuoteBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "QUOTE_ISSUED" | "QUOTE_DECLINED";
                            readonly payload?: components["schemas"]["QuoteIssuedPayload"] | components["schemas"]["QuoteDeclinedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly acceptQuote: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly quoteId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AcceptQuoteBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "POLICY_BOUND";
                            readonly payload?: components["schemas"]["PolicyBoundPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly endorsePolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly policyId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["EndorsePolicyBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "POLICY_ENDORSED";
                            readonly payload?: components["schemas"]["PolicyEndorsedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly renewPolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly policyId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RenewPolicyBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "POLICY_RENEWED";
                            readonly payload?: components["schemas"]["PolicyRenewedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly cancelPolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly policyId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CancelPolicyBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "POLICY_CANCELLED";
                            readonly payload?: components["schemas"]["PolicyCancelledPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly lapsePolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly policyId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["LapsePolicyBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "POLICY_LAPSED";
                            readonly payload?: components["schemas"]["PolicyLapsedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly reinstatePolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly policyId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReinstatePolicyBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "POLICY_REINSTATED";
                            readonly payload?: components["schemas"]["PolicyReinstatedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly askCoverage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly policyId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AskCoverageBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "COVERAGE_QUESTION_ANSWERED";
                            readonly payload?: components["schemas"]["CoverageQuestionAnsweredPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly listClaims: {
        readonly parameters: {
            readonly query?: {
                readonly status?: "filed" | "reserved" | "referred" | "approved" | "payment_refused" | "paid" | "denied" | "withdrawn" | "closed" | "reopened";
                readonly policy?: string;
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                readonly limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                readonly cursor?: string;
                /** @description Newest first without it. */
                readonly order?: "newest" | "oldest";
                readonly customer?: string;
            };
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ClaimsPage"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly fileClaim: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["FileClaimBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "CLAIM_FILED";
                            readonly payload?: components["schemas"]["ClaimFiledPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly withdrawClaim: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly claimId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["WithdrawClaimBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "CLAIM_WITHDRAWN";
                            readonly payload?: components["schemas"]["ClaimWithdrawnPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly reopenClaim: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly claimId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReopenClaimBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "CLAIM_REOPENED";
                            readonly payload?: components["schemas"]["ClaimReopenedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly listConversationMessages: {
        readonly parameters: {
            readonly query?: {
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                readonly limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                readonly cursor?: string;
            };
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
            };
            readonly path: {
                readonly conversationId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ConversationLinesAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant2"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 429: components["responses"]["Problem429Variant1"];
            readonly 500: components["responses"]["Problem500Variant1"];
            readonly 503: components["responses"]["Problem503Variant1"];
        };
    };
    readonly sendMessage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly conversationId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SendMessageBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "CONVERSATION_MESSAGE_RECORDED";
                            readonly payload?: components["schemas"]["ConversationMessageRecordedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly closeConversation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly conversationId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["CloseConversationBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "CONVERSATION_CLOSED";
                            readonly payload?: components["schemas"]["ConversationClosedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly decideClaim: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                readonly "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                readonly "aika-conversation"?: string;
                readonly "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                readonly "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                readonly prefer?: string;
            };
            readonly path: {
                readonly claimId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["DecideClaimBody"];
            };
        };
        readonly responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    readonly "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    readonly "aika-position"?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"] & {
                        readonly outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            readonly messageType?: "CLAIM_APPROVED" | "CLAIM_DENIED";
                            readonly payload?: components["schemas"]["ClaimApprovedPayload"] | components["schemas"]["ClaimDeniedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            readonly 202: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description `monitor`: the stream to follow. */
                    readonly link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    readonly "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    readonly location?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly listTopics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Topics. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TopicsAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly readTopic: {
        readonly parameters: {
            readonly query?: {
                /** @description Where a read without cursor begins: the oldest kept record, or what comes from now on. */
                readonly from?: "start" | "end";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                readonly limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description Name without the namespace, such as `events` or `agent.claims.high`. */
                readonly topic: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Records, and where the next page begins. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RecordsAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly produceMessage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Name without the namespace, such as `events` or `agent.claims.high`. */
                readonly topic: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["Envelope"];
            };
        };
        readonly responses: {
            /** @description It is durable. */
            readonly 201: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ProducedAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly listDeadLetters: {
        readonly parameters: {
            readonly query?: {
                readonly status?: "open" | "redriven" | "dropped";
                /** @description The agent that gave it up. */
                readonly agent?: string;
                /** @description Why, such as INVALID_PAYLOAD. */
                readonly code?: string;
                readonly type?: string;
                readonly customer?: string;
                /** @description Topic that the record came from, without namespace. */
                readonly topic?: string;
                /** @description Given up at or after it. */
                readonly since?: string;
                /** @description Given up before it. */
                readonly until?: string;
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                readonly limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Letters without their bodies. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LettersAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly getDeadLetter: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Or its first characters, 8 or more. */
                readonly letterId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The letter. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WholeLetterAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly redriveDeadLetter: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Or its first characters, 8 or more. */
                readonly letterId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RedriveOrder"];
            };
        };
        readonly responses: {
            /** @description What became of it. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LetterOutcomeAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 409: components["responses"]["Problem409Variant1"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly editDeadLetter: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Or its first characters, 8 or more. */
                readonly letterId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["EditOrder"];
            };
        };
        readonly responses: {
            /** @description What became of it. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LetterOutcomeAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 409: components["responses"]["Problem409Variant1"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly dropDeadLetter: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description Or its first characters, 8 or more. */
                readonly letterId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["LetterOrder"];
            };
        };
        readonly responses: {
            /** @description What became of it. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LetterOutcomeAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 409: components["responses"]["Problem409Variant1"];
            readonly 413: components["responses"]["Problem413"];
            readonly 415: components["responses"]["Problem415"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly listAgents: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The last card of each instance. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AgentsAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly getStats: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description At this moment. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StatsAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly stream: {
        readonly parameters: {
            readonly query?: {
                readonly customer?: string;
                readonly conversation?: string;
                readonly claim?: string;
                /** @description Message types, comma separated. */
                readonly type?: readonly string[];
                /** @description The agent that sent it or that it is for. */
                readonly agent?: string;
                readonly stage?: "intake" | "assessment" | "recommendation" | "decision" | "settlement";
                /** @description Where to go on, for clients that cannot set the header Last-Event-ID. */
                readonly lastEventId?: string;
            };
            readonly header?: {
                /** @description Where to go on. */
                readonly "last-event-id"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A stream without an end. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": components["schemas"]["StreamEvent"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly getQuote: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
                /** @description The ETag that the caller has. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                readonly quoteId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As it is now. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description Changes with every change. */
                    readonly etag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QuoteAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly listPolicies: {
        readonly parameters: {
            readonly query?: {
                readonly status?: "bound" | "in_force" | "cancelled" | "lapsed";
                readonly product?: "MOTOR" | "HOME";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                readonly limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                readonly cursor?: string;
                /** @description Newest first without it. */
                readonly order?: "newest" | "oldest";
                readonly customer?: string;
            };
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PoliciesPage"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly getPolicy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
                /** @description The ETag that the caller has. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                readonly policyId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As it is now. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description Changes with every change. */
                    readonly etag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WholePolicyAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly getClaim: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
                /** @description The ETag that the caller has. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                readonly claimId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As it is now. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description Changes with every change. */
                    readonly etag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WholeClaimAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly listConversations: {
        readonly parameters: {
            readonly query?: {
                readonly status?: "open" | "closed";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                readonly limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                readonly cursor?: string;
                /** @description Newest first without it. */
                readonly order?: "newest" | "oldest";
                readonly customer?: string;
            };
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ConversationsPage"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly getConversation: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
                /** @description The ETag that the caller has. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                readonly conversationId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As it is now. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description Changes with every change. */
                    readonly etag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ConversationAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly listApprovals: {
        readonly parameters: {
            readonly query?: {
                readonly status?: "open" | "approved" | "denied" | "withdrawn";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                readonly limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                readonly cursor?: string;
                /** @description Newest first without it. */
                readonly order?: "newest" | "oldest";
                readonly customer?: string;
            };
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ApprovalsPage"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly getApproval: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
                /** @description The ETag that the caller has. */
                readonly "if-none-match"?: string;
            };
            readonly path: {
                readonly claimId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As it is now. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    /** @description Changes with every change. */
                    readonly etag?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ApprovalAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly listNotifications: {
        readonly parameters: {
            readonly query?: {
                readonly customer?: string;
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                readonly limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                readonly cursor?: string;
                /** @description Newest first without it. */
                readonly order?: "newest" | "oldest";
            };
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["NotificationsPage"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant1"];
            readonly 429: components["responses"]["Problem429"];
            readonly 500: components["responses"]["Problem500"];
            readonly 503: components["responses"]["Problem503"];
        };
    };
    readonly getClaimHistory: {
        readonly parameters: {
            readonly query?: {
                /** @description What was known by then, by the messages' own clock. */
                readonly asOf?: string;
            };
            readonly header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                readonly "aika-position"?: string;
            };
            readonly path: {
                readonly claimId: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page. */
            readonly 200: {
                headers: {
                    /** @description W3C trace context. */
                    readonly traceparent?: string;
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ClaimHistoryAnswer"];
                };
            };
            readonly 400: components["responses"]["Problem400Variant2"];
            readonly 404: components["responses"]["Problem404Variant1"];
            readonly 429: components["responses"]["Problem429Variant1"];
            readonly 500: components["responses"]["Problem500Variant1"];
            readonly 503: components["responses"]["Problem503Variant1"];
        };
    };
}
