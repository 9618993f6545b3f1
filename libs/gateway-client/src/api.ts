/* eslint-disable */
// Made from openapi.json; AIKA_WRITE_OPENAPI=1 makes both anew (see the README).
export interface paths {
    "/v1/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers, the last changed first. */
        get: operations["listCustomers"];
        put?: never;
        /**
         * Register a customer.
         * @description Sends REGISTER_CUSTOMER. Its outcome is CUSTOMER_REGISTERED, or a refusal.
         */
        post: operations["registerCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: operations["getCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change name, address or contact.
         * @description Sends UPDATE_CUSTOMER_PROFILE. Its outcome is CUSTOMER_PROFILE_UPDATED, or a refusal.
         */
        patch: operations["updateProfile"];
        trace?: never;
    };
    "/v1/customers/{customerId}/erasure": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Throw the key away under which what is personal of a customer is sealed. There is no way back.
         * @description Sends ERASE_PERSONAL_DATA. Its outcome is PERSONAL_DATA_ERASED, or a refusal.
         */
        post: operations["erasePersonalData"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}/consents/{purpose}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Give or withdraw a consent.
         * @description Sends SET_CUSTOMER_CONSENT. Its outcome is CUSTOMER_CONSENT_CHANGED, or a refusal.
         */
        put: operations["setConsent"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Say how the customer wants to be told.
         * @description Sends SET_NOTIFICATION_PREFERENCES. Its outcome is NOTIFICATION_PREFERENCES_SET, or a refusal.
         */
        put: operations["setPreferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assessments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Risk assessments of customers. */
        get: operations["listAssessments"];
        put?: never;
        /**
         * Score a customer.
         * @description Sends CUSTOMER_ASSESSMENT_REQUEST. Its outcome is RISK_ASSESSMENT_COMPLETED, or a refusal.
         */
        post: operations["assessCustomer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Quotes. */
        get: operations["listQuotes"];
        put?: never;
        /**
         * Ask for a quote.
         * @description Sends CUSTOMER_ASSESSMENT_REQUEST. Its outcome is QUOTE_ISSUED or QUOTE_DECLINED, or a refusal.
         */
        post: operations["requestQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes/{quoteId}/acceptance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept a quote: binds the policy.
         * @description Sends ACCEPT_QUOTE. Its outcome is POLICY_BOUND, or a refusal.
         */
        post: operations["acceptQuote"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/{policyId}/endorsements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the terms from a moment on.
         * @description Sends ENDORSE_POLICY. Its outcome is POLICY_ENDORSED, or a refusal.
         */
        post: operations["endorsePolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/{policyId}/renewals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Renew for another year.
         * @description Sends RENEW_POLICY. Its outcome is POLICY_RENEWED, or a refusal.
         */
        post: operations["renewPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/{policyId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel, with the unearned premium back.
         * @description Sends CANCEL_POLICY. Its outcome is POLICY_CANCELLED, or a refusal.
         */
        post: operations["cancelPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/{policyId}/lapse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End for want of payment.
         * @description Sends LAPSE_POLICY. Its outcome is POLICY_LAPSED, or a refusal.
         */
        post: operations["lapsePolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/{policyId}/reinstatement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Put back in force after a lapse.
         * @description Sends REINSTATE_POLICY. Its outcome is POLICY_REINSTATED, or a refusal.
         */
        post: operations["reinstatePolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/{policyId}/coverage-questions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask whether a peril is covered.
         * @description Sends ASK_COVERAGE_QUESTION. Its outcome is COVERAGE_QUESTION_ANSWERED, or a refusal.
         */
        post: operations["askCoverage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Claims. */
        get: operations["listClaims"];
        put?: never;
        /**
         * First notice of loss.
         * @description Sends FILE_CLAIM. Its outcome is CLAIM_FILED, or a refusal.
         */
        post: operations["fileClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{claimId}/withdrawal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a claim back.
         * @description Sends WITHDRAW_CLAIM. Its outcome is CLAIM_WITHDRAWN, or a refusal.
         */
        post: operations["withdrawClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{claimId}/reopening": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a decided claim again.
         * @description Sends REOPEN_CLAIM. Its outcome is CLAIM_REOPENED, or a refusal.
         */
        post: operations["reopenClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{claimId}/answers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Answer what a person who decides the claim has asked.
         * @description Sends PROVIDE_CLAIM_INFORMATION. Its outcome is CLAIM_INFORMATION_PROVIDED, or a refusal.
         */
        post: operations["answerClaimQuestion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was said, in order. */
        get: operations["listConversationMessages"];
        put?: never;
        /**
         * Write to the customer service.
         * @description Sends SEND_CONVERSATION_MESSAGE. Its outcome is CONVERSATION_MESSAGE_RECORDED, or a refusal.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}/closing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * End a conversation.
         * @description Sends CLOSE_CONVERSATION. Its outcome is CONVERSATION_CLOSED, or a refusal.
         */
        post: operations["closeConversation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{claimId}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or deny a referred claim, approve another amount, or ask first; with a reason.
         * @description Sends DECIDE_REFERRED_CLAIM. Its outcome is CLAIM_APPROVED or CLAIM_DENIED or CLAIM_REFERRED or CLAIM_INFORMATION_REQUESTED, or a refusal.
         */
        post: operations["decideClaim"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The topics that can be read, and how far they reach. */
        get: operations["listTopics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/topics/{topic}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page of committed records. */
        get: operations["readTopic"];
        put?: never;
        /**
         * Write a whole message.
         * @description The same messageId and content is handled once. The topic is that of the message type.
         */
        post: operations["produceMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Dead letters, newest first. */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{letterId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One dead letter with body and causes. */
        get: operations["getDeadLetter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{letterId}/redrive": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send it back as it is, once.
         * @description Message, resolution and audit line are one transaction.
         */
        post: operations["redriveDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{letterId}/edit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a mended message in its place.
         * @description Message, resolution and audit line are one transaction.
         */
        post: operations["editDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/dead-letters/{letterId}/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Be done with it: it is never sent.
         * @description Message, resolution and audit line are one transaction.
         */
        post: operations["dropDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/agents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The instances of agents, and what is parked at each. */
        get: operations["listAgents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the topics reach, and what this gateway does. */
        get: operations["getStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/parked-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers whose messages wait behind one that fails: the 100 oldest of each instance. */
        get: operations["listParkedKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest lines of the audit trail that match. Reads the trail from its beginning. */
        get: operations["searchAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Messages, live.
         * @description Server-sent events, one for each committed message that meets the filters; `event` is its type, `data` as below. `id` stands for a position on the log: a reader who comes again with it as `Last-Event-ID` misses nothing and gets nothing twice from a partition. Where records are not kept any more it gets an event `gap`. A reader who does not keep up is disconnected.
         */
        get: operations["stream"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/customers/{customerId}/personal-data": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Everything about a customer that is kept.
         * @description Read from the log, whatever that takes: where it is long, use `aika person export`.
         */
        get: operations["exportPersonalData"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/commands/{messageId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What became of a command: accepted, handled, refused or failed, with everything that followed. */
        get: operations["getCommand"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/assessments/{assessmentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them, with what raised and lowered the score. */
        get: operations["getAssessment"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/quotes/{quoteId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: operations["getQuote"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Policies. */
        get: operations["listPolicies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/{policyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: operations["getPolicy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{claimId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: operations["getClaim"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Conversations. */
        get: operations["listConversations"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/conversations/{conversationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: operations["getConversation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Claims that people were asked to decide. */
        get: operations["listApprovals"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/approvals/{claimId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: operations["getApproval"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What customers are told, and what became of it. */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/{notificationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of them. */
        get: operations["getNotification"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{claimId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened to a claim, up to a time. */
        get: operations["getClaimHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/claims/{claimId}/papers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything about a claim in order: notice, checks, reserve, decisions with every reason, payments, what the customer was told. */
        get: operations["getClaimPapers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/policies/{policyId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was agreed by a time, and which version holds then. */
        get: operations["getPolicyHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
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
        AcceptQuoteBody: {
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        AgentAnswer: {
            agentId: string;
            instanceId: string;
            handles: string[];
            emits: string[];
            partitions: number[];
            generation: number;
            /** Format: date-time */
            at: string;
            parked?: components["schemas"]["ParkedAnswer"];
        };
        AgentsAnswer: {
            agents: components["schemas"]["AgentAnswer"][];
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "from": "CUSTOMER",
         *       "providedBy": "cust-1001",
         *       "text": "The workshop repaired the roof; its invoice is attached.",
         *       "documents": [
         *         "invoice-4711.pdf"
         *       ]
         *     }
         */
        AnswerClaimQuestionBody: {
            /**
             * @description In whose name it is answered.
             * @default CUSTOMER
             * @enum {string}
             */
            from?: "CUSTOMER" | "ASSESSOR";
            /** @description The person who answers. Over HTTP with logins: who asks, whatever is said here. */
            providedBy?: string;
            text: string;
            /** @description Names or addresses of papers that belong to the answer; the papers themselves are kept elsewhere. */
            documents?: string[];
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        ApprovalAnswer: {
            claimId: string;
            customerId: string;
            /** @enum {string} */
            status: "open" | "approved" | "denied" | "withdrawn";
            /** @enum {string} */
            kind: "referred" | "reopened";
            /** @description The most that may be approved by the rules; a change may be to more. */
            payable?: components["schemas"]["MoneyValue"];
            fraudPoints?: number;
            /**
             * @description Who has to decide.
             * @enum {string}
             */
            requiredAuthority?: "ADJUSTER" | "MANAGER";
            /** @description Absent of a reopened claim. */
            recommendation?: components["schemas"]["RecommendationAnswer"];
            /** @description Why the agent did not decide by itself. */
            reasons: components["schemas"]["Reason"][];
            /** @description Every rule and what it found. Empty of a reopened claim. */
            findings: components["schemas"]["RuleFinding"][];
            /** @description The figures behind what is payable. */
            amounts?: components["schemas"]["ReferralAmounts"];
            /** @description Above the authority of who proposes it: a manager has to approve it too. */
            proposal?: components["schemas"]["ApprovalProposal"];
            /**
             * Format: date-time
             * @description When the next one is asked; passed, where nobody is above. Absent of a decided claim.
             */
            dueAt?: string;
            /** @description How often nobody has decided in time. */
            escalationLevel: number;
            /** @description What was asked before the decision, oldest first. */
            questions: components["schemas"]["QuestionAnswer"][];
            /**
             * Format: date-time
             * @description For the last time.
             */
            referredAt: string;
            decidedBy?: string;
            decidedAmount?: components["schemas"]["MoneyValue"];
            /** Format: date-time */
            decidedAt?: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            revision: number;
        };
        ApprovalProposal: {
            proposedBy: string;
            amount: components["schemas"]["MoneyValue"];
        };
        ApprovalsPage: {
            items: components["schemas"]["ApprovalAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "peril": "HAIL",
         *       "at": "2026-06-14T17:20:00Z"
         *     }
         */
        AskCoverageBody: {
            /** @enum {string} */
            peril: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            /**
             * Format: date-time
             * @description Without it, the message's time.
             */
            at?: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
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
        AssessCustomerBody: {
            /** @description Without it, derived from the message id. */
            assessmentId?: string;
            /**
             * @default QUOTE
             * @enum {string}
             */
            purpose?: "QUOTE" | "REVIEW";
            /**
             * @default MOTOR
             * @enum {string}
             */
            product?: "MOTOR" | "HOME";
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            occupation?: string;
            /** @default 0 */
            previousClaims?: number;
            /**
             * @description Bonus-malus coefficient; 1 is the start.
             * @default 1
             */
            bonusMalus?: number;
            requestedCover?: components["schemas"]["RequestedCover"];
            /**
             * Format: date-time
             * @description When cover shall begin.
             */
            effectiveFrom?: string;
            /**
             * @description Part of a portfolio taken over from another insurer: cover may begin in the past.
             * @default false
             */
            bookTransfer?: boolean;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        AssessmentAnswer: {
            assessmentId: string;
            customerId: string;
            /** @enum {string} */
            purpose?: "QUOTE" | "REVIEW";
            /** @enum {string} */
            product?: "MOTOR" | "HOME";
            /** @description 0 (best) to 100 (worst). */
            riskScore: number;
            /** @description What raised or lowered the score. */
            riskFactors: string[];
            recommendations: string[];
            /** @description Of one policy in one quarter. */
            expectedClaimsPerQuarter?: number;
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            /** Format: date-time */
            assessedAt: string;
        };
        AssessmentsPage: {
            items: components["schemas"]["AssessmentAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        AuditAnswer: {
            /** @description Oldest first. */
            lines: components["schemas"]["AuditLineAnswer"][];
        };
        AuditLineAnswer: {
            /**
             * Format: date-time
             * @description By the brokers' clock, which the seals cover.
             */
            recordedAt: string;
            /**
             * Format: date-time
             * @description As the message says.
             */
            at: string;
            /** @enum {string} */
            kind: "command" | "decision" | "approval" | "redrive" | "control" | "configuration" | "login" | "reading" | "privacy";
            action: string;
            actor: string;
            customerId: string;
            object?: string;
            /** @enum {string} */
            outcome: "done" | "refused";
            messageId: string;
            deadLetterId?: string;
            reason?: string;
            details?: {
                [key: string]: string;
            };
            traceId?: string;
            conversationId?: string;
            partition: number;
            offset: number;
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
        CancelPolicyBody: {
            /** Format: date-time */
            effectiveAt: string;
            /** @enum {string} */
            initiator: "INSURER" | "INSURED";
            /**
             * @description Flat: as if it had never been, the whole premium back.
             * @default false
             */
            fromInception?: boolean;
            reason: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        CauseAnswer: {
            name?: string;
            code?: string;
            message?: string;
        };
        ClaimAnswer: {
            claimId: string;
            customerId: string;
            policyId: string;
            /** @enum {string} */
            status: "filed" | "reserved" | "referred" | "approved" | "payment_refused" | "paid" | "denied" | "withdrawn" | "closed" | "reopened";
            /** Format: date-time */
            lossAt: string;
            /** Format: date-time */
            reportedAt: string;
            /** @enum {string} */
            cause: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            reporter: string;
            estimatedLoss: components["schemas"]["MoneyValue"];
            /** @description Set aside now. */
            reserve?: components["schemas"]["MoneyValue"];
            payable?: components["schemas"]["MoneyValue"];
            /** @description Settled by the provider, over all payments. */
            paid: components["schemas"]["MoneyValue"];
            /** @description Absent until the policy agent has answered. */
            covered?: boolean;
            coverageReasons: components["schemas"]["Reason"][];
            fraudPoints?: number;
            fraudIndicators: components["schemas"]["FraudIndicator"][];
            /** @enum {string} */
            requiredAuthority?: "ADJUSTER" | "MANAGER";
            /** @description AUTOMATIC, or the person who decided last. */
            decidedBy?: string;
            /** @description Of the last decision, referral, refusal or reopening. */
            reasons: components["schemas"]["Reason"][];
            /** @enum {string} */
            outcome?: "PAID" | "DENIED" | "WITHDRAWN";
            /** Format: date-time */
            filedAt: string;
            /** Format: date-time */
            closedAt?: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            revision: number;
        };
        ClaimApprovedPayload: {
            payable: components["schemas"]["MoneyValue"];
            /** @description AUTOMATIC, or the person who decided. */
            approvedBy: string;
            reasons: components["schemas"]["Reason"][];
            /**
             * Format: date-time
             * @description When the decision was made. Absent in older messages.
             */
            decidedAt?: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            claimId: string;
        };
        ClaimDeniedPayload: {
            /** @description Every reason, not only the first. */
            reasons: components["schemas"]["Reason"][];
            /** @description AUTOMATIC, or the person who decided. */
            deniedBy: string;
            /**
             * Format: date-time
             * @description When the decision was made. Absent in older messages.
             */
            decidedAt?: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            claimId: string;
        };
        ClaimFiledPayload: {
            claimId: string;
            policyId: string;
            /** Format: date-time */
            lossAt: string;
            /** Format: date-time */
            reportedAt: string;
            /** @enum {string} */
            cause: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            estimatedLoss: components["schemas"]["MoneyValue"];
            reporter: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        ClaimHistoryAnswer: {
            claimId: string;
            /**
             * Format: date-time
             * @description As it was asked for.
             */
            asOf?: string;
            /** @description What the claim was then, by the rules of the claims agent. */
            status?: string;
            /** @description Oldest first. */
            events: components["schemas"]["HistoryEvent"][];
        };
        ClaimInformationProvidedPayload: {
            /** @enum {string} */
            from: "CUSTOMER" | "ASSESSOR";
            /** @description The person who answers. */
            providedBy: string;
            text: string;
            /** @description Names or addresses of papers that belong to the answer. */
            documents: string[];
            /**
             * Format: date-time
             * @description When somebody above is asked unless a person has decided by then.
             */
            dueAt?: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            claimId: string;
            /** @description Of the question. */
            questionId: string;
        };
        ClaimInformationRequestedPayload: {
            /** @enum {string} */
            askedOf: "CUSTOMER" | "ASSESSOR";
            /** @description The person who asks. */
            askedBy: string;
            /** @description As it is told to who is asked. */
            question: string;
            /** @description Why it is asked: for the insurer, never for who is asked. */
            reason: components["schemas"]["Reason"];
            /**
             * Format: date-time
             * @description When the claim is decided without an answer.
             */
            dueAt?: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            claimId: string;
            /** @description Of the question. */
            questionId: string;
        };
        ClaimPapersAnswer: {
            claimId: string;
            /**
             * Format: date-time
             * @description As it was asked for.
             */
            asOf?: string;
            /** @description Oldest first. */
            papers: components["schemas"]["PaperAnswer"][];
        };
        ClaimReferredPayload: {
            payable: components["schemas"]["MoneyValue"];
            fraudPoints: number;
            /** @enum {string} */
            requiredAuthority: "ADJUSTER" | "MANAGER";
            reasons: components["schemas"]["Reason"][];
            /** @description An approval above its own authority: somebody else, a manager, has to give it too. */
            proposal?: components["schemas"]["ApprovalProposal"];
            /** @description Every rule that was asked, in the order of the rules, and what it found. */
            findings?: components["schemas"]["RuleFinding"][];
            /** @description What the payable amount was computed from. */
            amounts?: components["schemas"]["ReferralAmounts"];
            /**
             * Format: date-time
             * @description When somebody above is asked unless a person has decided by then.
             */
            dueAt?: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            claimId: string;
        };
        ClaimReopenedPayload: {
            reason: components["schemas"]["Reason"];
            /** @description The most that a person may approve now. */
            payable?: components["schemas"]["MoneyValue"];
            /**
             * @description Who has to decide.
             * @enum {string}
             */
            requiredAuthority?: "ADJUSTER" | "MANAGER";
            /**
             * Format: date-time
             * @description When somebody above is asked unless a person has decided by then.
             */
            dueAt?: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            claimId: string;
        };
        ClaimWithdrawnPayload: {
            reason: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            claimId: string;
        };
        ClaimsPage: {
            items: components["schemas"]["ClaimAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001"
         *     }
         */
        CloseConversationBody: {
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        CommandAccepted: {
            /** @description What follows from the command names it as its cause or correlation. */
            messageId: string;
            messageType: string;
            customerId: string;
            /** Format: date-time */
            sentAt: string;
            links: components["schemas"]["CommandLinks"];
        };
        CommandLinks: {
            /** @description What the command brings into being or changes. */
            resource: string;
            /** @description The customer's messages, live. */
            stream: string;
            /** @description What became of the command; waits until the views know of it. */
            status: string;
        };
        CommandStatusAnswer: {
            messageId: string;
            messageType: string;
            customerId: string;
            /** Format: date-time */
            sentAt: string;
            /**
             * @description accepted: on the log, no outcome yet; a command that asks for what is so already stays it. handled: there is an outcome. refused: the agent said no. failed: it lies with the dead letters.
             * @enum {string}
             */
            status: "accepted" | "handled" | "refused" | "failed";
            /** @description The event that a caller waits for. */
            outcome?: components["schemas"]["HistoryEvent"];
            refusal?: components["schemas"]["RefusalAnswer"];
            /** @description Of a command that no agent could handle. */
            deadLetterId?: string;
            /** @description Everything that followed, oldest first. */
            events: components["schemas"]["HistoryEvent"][];
        };
        ConsentAnswer: {
            /** @enum {string} */
            purpose: "SERVICE" | "MARKETING" | "DATA_SHARING";
            granted: boolean;
        };
        ConsentChoice: {
            /** @enum {string} */
            purpose: "SERVICE" | "MARKETING" | "DATA_SHARING";
            granted: boolean;
        };
        ConversationAnswer: {
            conversationId: string;
            customerId: string;
            /** @enum {string} */
            status: "open" | "closed";
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            closedAt?: string;
            messageCount: number;
            /** Format: date-time */
            lastMessageAt?: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            revision: number;
        };
        ConversationClosedPayload: {
            conversationId: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        ConversationLine: {
            sequence: number;
            /** @enum {string} */
            author: "CUSTOMER" | "AGENT";
            text: string;
            /** Format: date-time */
            sentAt: string;
            messageId: string;
        };
        ConversationLinesAnswer: {
            /** @description Oldest first. */
            items: components["schemas"]["ConversationLine"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        ConversationMessageRecordedPayload: {
            conversationId: string;
            /** @description Place in the conversation, from 1. */
            sequence: number;
            /** @enum {string} */
            author: "CUSTOMER" | "AGENT";
            text: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        ConversationsPage: {
            items: components["schemas"]["ConversationAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        Cover: {
            perils: ("COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD")[];
            /** @description Most that one loss pays. */
            limit: components["schemas"]["MoneyValue"];
            /** @description Part of a loss that the customer bears. */
            deductible: components["schemas"]["MoneyValue"];
        };
        CoverageQuestionAnsweredPayload: {
            policyId: string;
            /** @enum {string} */
            peril: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            /** Format: date-time */
            at: string;
            covered: boolean;
            limit?: components["schemas"]["MoneyValue"];
            deductible?: components["schemas"]["MoneyValue"];
            reasons: components["schemas"]["Reason"][];
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        CustomerAnswer: {
            customerId: string;
            /**
             * Format: date-time
             * @description Absent while only assessed.
             */
            registeredAt?: string;
            channels: ("LOG" | "EMAIL" | "WEBHOOK")[];
            language?: string;
            consents: components["schemas"]["ConsentAnswer"][];
            riskScore?: number;
            /** Format: date-time */
            assessedAt?: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            revision: number;
        };
        CustomerConsentChangedPayload: {
            /** @enum {string} */
            purpose: "SERVICE" | "MARKETING" | "DATA_SHARING";
            granted: boolean;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        CustomerProfileUpdatedPayload: {
            /** @description Names of the fields that changed; their values stay out of the log. */
            changedFields: string[];
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        CustomerRegisteredPayload: {
            /** Format: date-time */
            registeredAt: string;
            channels: ("LOG" | "EMAIL" | "WEBHOOK")[];
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        CustomersPage: {
            items: components["schemas"]["CustomerAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
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
        DecideClaimBody: {
            /** @enum {string} */
            decision: "APPROVE" | "CHANGE" | "ASK" | "DENY";
            /** @description The person who decides. Over HTTP with logins: who asks, whatever is said here. */
            decidedBy?: string;
            reason: string;
            /** @description APPROVE: at most what is payable or was proposed, which it is without. CHANGE, which needs it: at most the loss within the limit. */
            amount?: components["schemas"]["MoneyValue"];
            /** @description ASK, which needs it: what is asked, as it is told to who is asked. */
            question?: string;
            /**
             * @description ASK: who is asked. CUSTOMER without it.
             * @enum {string}
             */
            askedOf?: "CUSTOMER" | "ASSESSOR";
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        DeciderAuthority: {
            /** @enum {string} */
            role: "ADJUSTER" | "MANAGER";
            /** @description The most that the person approves alone, one entry a currency; else as the table of the role says. */
            limits: components["schemas"]["MoneyValue"][];
        };
        /**
         * @example {
         *       "by": "jo.operator",
         *       "reason": "The rating table is loaded again.",
         *       "message": {
         *         "messageType": "ACCEPT_QUOTE",
         *         "payload": {
         *           "customerId": "cust-1001",
         *           "quoteId": "quo-3001"
         *         }
         *       }
         *     }
         */
        EditOrder: {
            /** @description The whole message as it is to be sent. */
            message: Record<string, never>;
            /** @description With logins: who asks, whatever is said here. */
            by?: string;
            /** @description No personal data. */
            reason: string;
            /**
             * @description Tell what would be done, and do nothing.
             * @default false
             */
            dryRun?: boolean;
            /**
             * @description Send what breaks its contract too.
             * @default false
             */
            force?: boolean;
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
        EndorsePolicyBody: {
            /** Format: date-time */
            effectiveAt: string;
            /** @description What is left out stays as it is. */
            cover?: components["schemas"]["RequestedCover"];
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        Envelope: {
            /** @description Same id and content: handled once. Default: derived from the record's position. */
            messageId?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC. Default: the record's timestamp.
             */
            timestamp?: string;
            /** @default unknown */
            sourceAgentId?: string;
            /**
             * @description null = broadcast.
             * @default null
             */
            targetAgentId?: string | null;
            /** @description SCREAMING_SNAKE, such as FILE_CLAIM. */
            messageType: string;
            /**
             * @default NORMAL
             * @enum {string}
             */
            priority?: "HIGH" | "NORMAL" | "LOW";
            /**
             * @description Version of the payload's schema.
             * @default 1
             */
            schemaVersion?: number;
            /** @description By the schema of the message type and version. */
            payload: Record<string, never>;
            /** @default {} */
            metadata?: components["schemas"]["MetadataContract"];
        };
        EnvelopeContract: {
            /** @description Same id and content: handled once. Default: derived from the record's position. */
            messageId?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC. Default: the record's timestamp.
             */
            timestamp?: string;
            /** @default unknown */
            sourceAgentId?: string;
            /**
             * @description null = broadcast.
             * @default null
             */
            targetAgentId?: string | null;
            /** @description SCREAMING_SNAKE, such as FILE_CLAIM. */
            messageType: string;
            /**
             * @default NORMAL
             * @enum {string}
             */
            priority?: "HIGH" | "NORMAL" | "LOW";
            /**
             * @description Version of the payload's schema.
             * @default 1
             */
            schemaVersion?: number;
            /** @description By the schema of the message type and version. */
            payload: Record<string, never>;
            /** @default {} */
            metadata?: components["schemas"]["MetadataContract"];
        };
        /** @example {} */
        ErasePersonalDataBody: Record<string, never>;
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
        FileClaimBody: {
            /** @description Without it, derived from the message id. */
            claimId?: string;
            policyId: string;
            /** Format: date-time */
            lossAt: string;
            /**
             * Format: date-time
             * @description Without it, the message's time.
             */
            reportedAt?: string;
            /** @enum {string} */
            cause: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            estimatedLoss: components["schemas"]["MoneyValue"];
            description?: string;
            /**
             * @description Who reports the loss.
             * @default policyholder
             */
            reporter?: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        FraudIndicator: {
            code: string;
            points: number;
            /** @description A plain sentence. */
            detail: string;
        };
        HistoryEvent: {
            messageId: string;
            type: string;
            /** Format: date-time */
            occurredAt: string;
            agentId: string;
            /** @enum {string} */
            stage: "intake" | "assessment" | "recommendation" | "decision" | "settlement";
            causationId?: string;
            /** @description By the schema of its type. */
            payload: Record<string, never>;
        };
        HomeFacts: {
            /** @enum {string} */
            construction: "BRICK" | "STONE" | "TIMBER";
            /** @description What the customer carries. */
            sumInsured: components["schemas"]["MoneyValue"];
            /** @description What would have to be carried; without it, the sum insured. */
            rebuildingCost?: components["schemas"]["MoneyValue"];
        };
        InformationAnswer: {
            questionId: string;
            /** @enum {string} */
            informant: "CUSTOMER" | "ASSESSOR";
            providedBy: string;
            text: string;
            documents: string[];
            /** Format: date-time */
            providedAt: string;
        };
        KeptMessageAnswer: {
            /** @description With the namespace. Dead letters stand in that of the dead letters. */
            topic: string;
            partition: number;
            offset: number;
            /**
             * Format: date-time
             * @description The time of the record.
             */
            at: string;
            /** @description Where the record is a message. */
            message?: Record<string, never>;
            /** @description Where it is none. */
            text?: string;
        };
        KeptStateAnswer: {
            /** @description The agent that keeps it. */
            agent: string;
            /** @description What it is: `store`, `timer`, `effect` or `parked`. */
            kind: string;
            key: string;
            value: Record<string, never>;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "effectiveAt": "2026-09-01T00:00:00Z",
         *       "reason": "The premium was not paid."
         *     }
         */
        LapsePolicyBody: {
            /** Format: date-time */
            effectiveAt: string;
            reason: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        LetterAnswer: {
            id: string;
            /** @enum {string} */
            status: "open" | "redriven" | "dropped";
            resolution?: components["schemas"]["ResolutionAnswer"];
            code: string;
            agentId: string;
            messageType?: string;
            customerId?: string;
            messageId: string;
            origin: components["schemas"]["OriginAnswer"];
            attempts: number;
            /**
             * Format: date-time
             * @description When it was given up.
             */
            at: string;
            /** Format: date-time */
            recordedAt: string;
            /** @description The letter that this one was before it was redriven. */
            redriveOf?: string;
            /** @description Length of the body. */
            bytes: number;
        };
        /**
         * @example {
         *       "by": "jo.operator",
         *       "reason": "The rating table is loaded again."
         *     }
         */
        LetterOrder: {
            /** @description With logins: who asks, whatever is said here. */
            by?: string;
            /** @description No personal data. */
            reason: string;
            /**
             * @description Tell what would be done, and do nothing.
             * @default false
             */
            dryRun?: boolean;
        };
        LetterOutcomeAnswer: {
            id: string;
            /** @enum {string} */
            kind: "sent" | "dropped";
            dryRun: boolean;
            newMessageId?: string;
            /** @description Full name of the topic that it was sent to. */
            topic?: string;
            partition?: number;
        };
        LettersAnswer: {
            /** @description Newest first. */
            letters: components["schemas"]["LetterAnswer"][];
            /** @description How many match, on all pages. */
            matching: number;
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        MetadataContract: {
            conversationId?: string;
            sessionId?: string;
            traceId?: string;
            /** @description Id of the message that started the workflow. */
            correlationId?: string;
            /** @description Id of the message that directly caused this one. */
            causationId?: string;
            /** @description Id of the request that this message belongs to; the answer carries it. */
            requestId?: string;
            /** @description W3C trace context. */
            traceparent?: string;
        };
        MoneyValue: {
            /** @description Minor units (pence, øre, cents). */
            amount: number;
            /**
             * @description ISO 4217.
             * @enum {string}
             */
            currency: "GBP" | "DKK" | "EUR" | "USD";
        };
        MotorFacts: {
            /**
             * @description 1 (rural) to 4 (large cities).
             * @enum {number}
             */
            district: 1 | 2 | 3 | 4;
            /**
             * @description Engine size in litres.
             * @enum {string}
             */
            engine: "<1l" | "1-1.5l" | "1.5-2l" | ">2l";
            /** @description Years. */
            driverAge: number;
        };
        NotificationAnswer: {
            notificationId: string;
            customerId: string;
            /** @enum {string} */
            channel: "LOG" | "EMAIL" | "WEBHOOK";
            template: string;
            language: string;
            parameters: {
                [key: string]: string;
            };
            /** @description Message that the customer is told about. */
            causedBy: string;
            /**
             * @description Absent = SERVICE.
             * @enum {string}
             */
            purpose?: "SERVICE" | "MARKETING" | "DATA_SHARING";
            /** Format: date-time */
            requestedAt: string;
            /**
             * @description `requested` until the outcome is known.
             * @enum {string}
             */
            status: "requested" | "delivered" | "skipped" | "failed";
            /** @description Why it was not delivered. */
            reason?: components["schemas"]["Reason"];
            /**
             * Format: date-time
             * @description When the outcome was known.
             */
            closedAt?: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            revision: number;
        };
        NotificationPreferencesSetPayload: {
            channels: ("LOG" | "EMAIL" | "WEBHOOK")[];
            /** @description Language tag, such as en or da-DK. */
            language: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        NotificationsPage: {
            items: components["schemas"]["NotificationAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        OriginAnswer: {
            /** @description Full name. */
            topic: string;
            partition: number;
            offset: number;
        };
        PaperAnswer: {
            /** @enum {string} */
            kind: "notice" | "cover" | "fraud" | "reserve" | "referral" | "escalation" | "question" | "answer" | "decision" | "payment" | "withdrawal" | "reopening" | "closing" | "notification" | "refusal" | "other";
            /** @description Of a decision: AUTOMATIC, or the person who decided. */
            decidedBy?: string;
            /** @description Of the cover check. */
            covered?: boolean;
            /** @description Of the risk assessment, and of a referral. */
            fraudPoints?: number;
            /** @description What the points are made of. */
            fraudIndicators?: components["schemas"]["FraudIndicator"][];
            /**
             * @description Of a referral: who may decide.
             * @enum {string}
             */
            requiredAuthority?: "ADJUSTER" | "MANAGER";
            /** @description Estimated, reserved, payable, paid or released, as its kind has it. */
            amount?: components["schemas"]["MoneyValue"];
            /** @description Every rule that spoke, in its words. */
            reasons: components["schemas"]["Reason"][];
            messageId: string;
            type: string;
            /** Format: date-time */
            occurredAt: string;
            agentId: string;
            /** @enum {string} */
            stage: "intake" | "assessment" | "recommendation" | "decision" | "settlement";
            causationId?: string;
            /** @description By the schema of its type. */
            payload: Record<string, never>;
        };
        ParkedAnswer: {
            keys: number;
            messages: number;
            oldest: components["schemas"]["ParkedEntryAnswer"][];
        };
        ParkedEntryAnswer: {
            customerId: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            nextTry: string;
            attempts: number;
            waiting: number;
            code: string;
            reason: string;
        };
        ParkedKeyAnswer: {
            /** @description Agent, instance and customer. */
            parkedKeyId: string;
            agentId: string;
            instanceId: string;
            customerId: string;
            /** Format: date-time */
            since: string;
            /** Format: date-time */
            nextTry: string;
            /** @description Failed tries of the first message. */
            attempts: number;
            /** @description Messages that wait, the failing one included. */
            waiting: number;
            code: string;
            reason: string;
        };
        ParkedKeysPage: {
            items: components["schemas"]["ParkedKeyAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        PartitionAnswer: {
            partition: number;
            /** @description First offset that is kept. */
            start: number;
            /** @description Offset after the last record that is committed. */
            end: number;
        };
        PaymentAnswer: {
            paymentId: string;
            /** @enum {string} */
            status: "settled" | "refused";
            amount: components["schemas"]["MoneyValue"];
            providerReference?: string;
            refusal?: components["schemas"]["Reason"];
            /** Format: date-time */
            answeredAt: string;
        };
        PersonAnswer: {
            customerId: string;
            /** Format: date-time */
            exportedAt: string;
            /** @description In order within a topic. */
            messages: components["schemas"]["KeptMessageAnswer"][];
            state: components["schemas"]["KeptStateAnswer"][];
        };
        PersonalDataErasedPayload: {
            /** Format: date-time */
            erasedAt: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        PoliciesPage: {
            items: components["schemas"]["PolicyAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        PolicyAnswer: {
            policyId: string;
            customerId: string;
            quoteId: string;
            /** @enum {string} */
            product: "MOTOR" | "HOME";
            /** @enum {string} */
            status: "bound" | "in_force" | "cancelled" | "lapsed";
            version: number;
            cover: components["schemas"]["Cover"];
            /** @description A year. */
            premium?: components["schemas"]["MoneyValue"];
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            /** Format: date-time */
            effectiveFrom: string;
            /** Format: date-time */
            effectiveTo: string;
            bonusMalus: number;
            /** Format: date-time */
            boundAt: string;
            /** Format: date-time */
            endedAt?: string;
            endReason?: string;
            cancellationMethod?: string;
            refund?: components["schemas"]["MoneyValue"];
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            revision: number;
        };
        PolicyBoundPayload: {
            quoteId: string;
            /** @enum {string} */
            product: "MOTOR" | "HOME";
            /** @description The policy's version, from 1; each change of its terms adds one. */
            version: number;
            cover: components["schemas"]["Cover"];
            /** @description A year. */
            premium: components["schemas"]["MoneyValue"];
            /**
             * Format: date-time
             * @description First moment of cover.
             */
            effectiveFrom: string;
            /**
             * Format: date-time
             * @description First moment after the cover.
             */
            effectiveTo: string;
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            /** @description Bonus-malus coefficient; 1 is the start. */
            bonusMalus: number;
            /** @description Later changes are rated with it. */
            riskScore?: number;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            policyId: string;
        };
        PolicyCancelledPayload: {
            /** Format: date-time */
            effectiveAt: string;
            /** @enum {string} */
            method: "PRO_RATA" | "SHORT_RATE" | "FLAT";
            refund: components["schemas"]["MoneyValue"];
            reason: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            policyId: string;
        };
        PolicyEndorsedPayload: {
            /** @description The policy's version, from 1; each change of its terms adds one. */
            version: number;
            /** Format: date-time */
            effectiveAt: string;
            cover: components["schemas"]["Cover"];
            /** @description A year, by the new terms. */
            premium: components["schemas"]["MoneyValue"];
            /** @description For the rest of the period; negative is paid back. */
            premiumDifference: components["schemas"]["SignedMoneyValue"];
            /** @description More perils, a higher limit or a lower deductible than before. */
            coverIncreased: boolean;
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            policyId: string;
        };
        PolicyHistoryAnswer: {
            policyId: string;
            /**
             * Format: date-time
             * @description As it was asked for.
             */
            asOf?: string;
            /** @description What the policy was then, by the rules of the policy agent. */
            status?: string;
            /** @description The version whose terms hold at that time; absent without cover. */
            versionInForce?: number;
            /** @description Agreed by then, oldest first. */
            versions: components["schemas"]["PolicyVersionAnswer"][];
            /** @description Oldest first. */
            events: components["schemas"]["HistoryEvent"][];
        };
        PolicyLapsedPayload: {
            /** Format: date-time */
            effectiveAt: string;
            reason: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            policyId: string;
        };
        PolicyReinstatedPayload: {
            /** @description The policy's version, from 1; each change of its terms adds one. */
            version: number;
            /** Format: date-time */
            effectiveAt: string;
            /** @description There was a time without cover. */
            gap: boolean;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            policyId: string;
        };
        PolicyRenewedPayload: {
            /** @description The policy's version, from 1; each change of its terms adds one. */
            version: number;
            /** Format: date-time */
            effectiveFrom: string;
            /**
             * Format: date-time
             * @description First moment after the cover.
             */
            effectiveTo: string;
            /** @description A year. */
            premium: components["schemas"]["MoneyValue"];
            /** @description Bonus-malus coefficient; 1 is the start. */
            bonusMalus: number;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
            policyId: string;
        };
        PolicyVersionAnswer: {
            version: number;
            /** @enum {string} */
            change: "bound" | "endorsed" | "renewed" | "reinstated";
            /** Format: date-time */
            effectiveFrom: string;
            /** Format: date-time */
            effectiveTo: string;
            cover: components["schemas"]["Cover"];
            /** @description A year. */
            premium?: components["schemas"]["MoneyValue"];
            /** @description Of an endorsement; negative is paid back. */
            premiumDifference?: components["schemas"]["SignedMoneyValue"];
            bonusMalus: number;
            /** Format: date-time */
            changedAt: string;
        };
        Problem: {
            /** @description Stable: programs decide by it. */
            type: string;
            title: string;
            status: number;
            /** @description For people. */
            detail: string;
            /** @description Of the trace in the traceparent header. */
            traceId: string;
            /** @description Every broken rule. */
            violations?: components["schemas"]["ViolationAnswer"][];
            /** @description The agent's own code of a refusal. */
            code?: string;
        };
        ProcessAnswer: {
            instanceId: string;
            /** Format: date-time */
            startedAt: string;
            /** @description Live streams of this gateway. */
            streams: number;
        };
        ProducedAnswer: {
            messageId: string;
            topic: string;
            partition: number;
            /** @description -1 where an earlier try had been written. */
            offset: number;
        };
        QuestionAnswer: {
            questionId: string;
            /** @enum {string} */
            askedOf: "CUSTOMER" | "ASSESSOR";
            askedBy: string;
            question: string;
            /** @description Why it is asked. */
            reason: components["schemas"]["Reason"];
            /** Format: date-time */
            askedAt: string;
            /**
             * Format: date-time
             * @description When the claim goes on without an answer.
             */
            dueAt?: string;
            /**
             * @description overdue: an answer is still taken.
             * @enum {string}
             */
            status: "open" | "overdue" | "answered";
        };
        QuoteAnswer: {
            quoteId: string;
            customerId: string;
            /** @enum {string} */
            status: "issued" | "declined" | "accepted" | "expired";
            assessmentId?: string;
            /** @enum {string} */
            product?: "MOTOR" | "HOME";
            cover?: components["schemas"]["Cover"];
            /** @description A year. */
            premium?: components["schemas"]["MoneyValue"];
            rating?: components["schemas"]["RatingStep"][];
            riskScore?: number;
            bonusMalus?: number;
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            /** Format: date-time */
            effectiveFrom?: string;
            /** Format: date-time */
            validUntil?: string;
            /** @description Of an accepted quote. */
            policyId?: string;
            /** @description Why it was declined. */
            reasons: components["schemas"]["Reason"][];
            /** Format: date-time */
            issuedAt: string;
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            revision: number;
        };
        QuoteDeclinedPayload: {
            quoteId: string;
            reasons: components["schemas"]["Reason"][];
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        QuoteIssuedPayload: {
            quoteId: string;
            assessmentId?: string;
            /** @enum {string} */
            product: "MOTOR" | "HOME";
            cover: components["schemas"]["Cover"];
            /** @description A year. */
            premium: components["schemas"]["MoneyValue"];
            /** @description How the premium came about, step by step. */
            rating: components["schemas"]["RatingStep"][];
            riskScore: number;
            /** Format: date-time */
            effectiveFrom: string;
            /**
             * Format: date-time
             * @description The quote can be accepted until then.
             */
            validUntil: string;
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            /** @description Bonus-malus coefficient; 1 is the start. */
            bonusMalus: number;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        QuotesPage: {
            items: components["schemas"]["QuoteAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        RatingStep: {
            step: string;
            /** @description Relativity applied, as a decimal number. */
            factor: string;
            /** @description A year, after this step. */
            premium: components["schemas"]["MoneyValue"];
        };
        Reason: {
            code: string;
            /** @description A plain sentence. */
            detail: string;
        };
        RecommendationAnswer: {
            /**
             * @description INVESTIGATE: there are signs of fraud, or an answer is missing. DENY: nothing is payable.
             * @enum {string}
             */
            decision: "APPROVE" | "DENY" | "INVESTIGATE";
            /** @description To be paid on an approval. */
            amount?: components["schemas"]["MoneyValue"];
        };
        RecordAnswer: {
            partition: number;
            offset: number;
            /**
             * Format: date-time
             * @description The record's timestamp.
             */
            timestamp: string;
            key?: string;
            headers: {
                [key: string]: string;
            };
            /** @description Where the record is a message. */
            message?: components["schemas"]["EnvelopeContract"];
            /** @description Where it is none; absent of a tombstone. */
            value?: string;
        };
        RecordsAnswer: {
            /** @description In order within a partition; over partitions by time. */
            records: components["schemas"]["RecordAnswer"][];
            /** @description `cursor` of the next page; none on the last. */
            next?: string;
        };
        /**
         * @example {
         *       "by": "jo.operator",
         *       "reason": "The rating table is loaded again."
         *     }
         */
        RedriveOrder: {
            /**
             * @description Send what breaks its contract too.
             * @default false
             */
            force?: boolean;
            /** @description With logins: who asks, whatever is said here. */
            by?: string;
            /** @description No personal data. */
            reason: string;
            /**
             * @description Tell what would be done, and do nothing.
             * @default false
             */
            dryRun?: boolean;
        };
        ReferralAmounts: {
            estimatedLoss: components["schemas"]["MoneyValue"];
            /** @description The customer's own part; absent = none is known. */
            deductible?: components["schemas"]["MoneyValue"];
            /** @description The most that one loss pays; absent = none is known. */
            limit?: components["schemas"]["MoneyValue"];
            /** @description Paid on this claim before; absent = nothing. */
            paid?: components["schemas"]["MoneyValue"];
            /** @description The most that is paid without a person. */
            automaticLimit: components["schemas"]["MoneyValue"];
            /** @description The most that an adjuster approves by the published table. */
            adjusterLimit: components["schemas"]["MoneyValue"];
        };
        RefusalAnswer: {
            /** @description For programs, such as `quote_expired`. */
            code: string;
            /** @description A plain sentence. */
            detail: string;
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
        RegisterCustomerBody: {
            fullName?: string;
            email?: string;
            phone?: string;
            postalAddress?: string;
            /** Format: date */
            dateOfBirth?: string;
            consents?: components["schemas"]["ConsentChoice"][];
            channels?: ("LOG" | "EMAIL" | "WEBHOOK")[];
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "effectiveAt": "2026-09-10T00:00:00Z",
         *       "reason": "The premium arrived."
         *     }
         */
        ReinstatePolicyBody: {
            /** Format: date-time */
            effectiveAt: string;
            reason: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "atFaultClaims": 0,
         *       "partlyAtFaultClaims": 1
         *     }
         */
        RenewPolicyBody: {
            /**
             * @description In the period that ends.
             * @default 0
             */
            atFaultClaims?: number;
            /**
             * @description In the period that ends.
             * @default 0
             */
            partlyAtFaultClaims?: number;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "reason": "The repair shop found further damage."
         *     }
         */
        ReopenClaimBody: {
            reason: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
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
        RequestQuoteBody: {
            /** @description Without it, derived from the message id. */
            assessmentId?: string;
            /**
             * @default MOTOR
             * @enum {string}
             */
            product?: "MOTOR" | "HOME";
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            occupation?: string;
            /** @default 0 */
            previousClaims?: number;
            /**
             * @description Bonus-malus coefficient; 1 is the start.
             * @default 1
             */
            bonusMalus?: number;
            requestedCover?: components["schemas"]["RequestedCover"];
            /**
             * Format: date-time
             * @description When cover shall begin.
             */
            effectiveFrom?: string;
            /**
             * @description Part of a portfolio taken over from another insurer: cover may begin in the past.
             * @default false
             */
            bookTransfer?: boolean;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        RequestedCover: {
            perils?: ("COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD")[];
            limit?: components["schemas"]["MoneyValue"];
            deductible?: components["schemas"]["MoneyValue"];
        };
        ResolutionAnswer: {
            /** @enum {string} */
            action: "redrive" | "edit" | "drop";
            by: string;
            /** Format: date-time */
            at: string;
            reason?: string;
            newMessageId?: string;
        };
        RiskAssessmentCompletedPayload: {
            /** @description 0 (best) to 100 (worst). */
            riskScore: number;
            /** @description What raised or lowered the score, such as previous_claims. */
            riskFactors: string[];
            /** @description Such as additional_coverage or higher_premium. */
            recommendations: string[];
            assessmentId?: string;
            /** @enum {string} */
            purpose?: "QUOTE" | "REVIEW";
            /** @enum {string} */
            product?: "MOTOR" | "HOME";
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            occupation?: string;
            previousClaims?: number;
            /** @description Bonus-malus coefficient; 1 is the start. */
            bonusMalus?: number;
            /** @description Expected claims of one policy in one quarter. */
            expectedClaimsPerQuarter?: number;
            requestedCover?: components["schemas"]["RequestedCover"];
            /** Format: date-time */
            effectiveFrom?: string;
            bookTransfer?: boolean;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        RuleFinding: {
            /** @description Name of the rule, such as `automatic_limit`. */
            rule: string;
            /** @enum {string} */
            outcome: "MET" | "NOT_MET" | "OPEN";
            /** @description A plain sentence with the figures. */
            detail: string;
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "text": "Is hail covered?"
         *     }
         */
        SendMessageBody: {
            text: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
        /**
         * @example {
         *       "granted": false
         *     }
         */
        SetConsentBody: {
            granted: boolean;
        };
        /**
         * @example {
         *       "channels": [
         *         "EMAIL"
         *       ],
         *       "language": "en"
         *     }
         */
        SetPreferencesBody: {
            channels: ("LOG" | "EMAIL" | "WEBHOOK")[];
            /** @description Language tag, such as en or da-DK. */
            language?: string;
        };
        SignedMoneyValue: {
            /** @description Minor units (pence, øre, cents); negative is in favour of the customer. */
            amount: number;
            /**
             * @description ISO 4217.
             * @enum {string}
             */
            currency: "GBP" | "DKK" | "EUR" | "USD";
        };
        StatsAnswer: {
            gateway: components["schemas"]["ProcessAnswer"];
            topics: components["schemas"]["TopicAnswer"][];
        };
        StreamEvent: {
            /** @description Without the namespace. */
            topic: string;
            partition: number;
            offset: number;
            /** @description Hand it to a read as `aika-position` to see what the message did. */
            position: string;
            /**
             * Format: date-time
             * @description The record's timestamp.
             */
            recordedAt: string;
            /** @enum {string} */
            stage: "intake" | "assessment" | "recommendation" | "decision" | "settlement";
            message: components["schemas"]["EnvelopeContract"];
        };
        TopicAnswer: {
            /** @description Without the namespace. */
            name: string;
            partitions: components["schemas"]["PartitionAnswer"][];
        };
        TopicsAnswer: {
            topics: components["schemas"]["TopicAnswer"][];
        };
        /**
         * @example {
         *       "email": "ada.example@example.org"
         *     }
         */
        UpdateProfileBody: {
            fullName?: string;
            email?: string;
            phone?: string;
            postalAddress?: string;
        };
        ViolationAnswer: {
            /** @description JSON pointer into the body, `?name` of a parameter, or `header name`. */
            path: string;
            expected: string;
            /** @description Type and length; the value itself of a number or flag only. */
            found: string;
        };
        WholeApprovalAnswer: {
            /** @description Oldest first. */
            answers: components["schemas"]["InformationAnswer"][];
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            revision: number;
            claimId: string;
            customerId: string;
            /** @enum {string} */
            status: "open" | "approved" | "denied" | "withdrawn";
            /** @enum {string} */
            kind: "referred" | "reopened";
            /** @description The most that may be approved by the rules; a change may be to more. */
            payable?: components["schemas"]["MoneyValue"];
            fraudPoints?: number;
            /**
             * @description Who has to decide.
             * @enum {string}
             */
            requiredAuthority?: "ADJUSTER" | "MANAGER";
            /** @description Absent of a reopened claim. */
            recommendation?: components["schemas"]["RecommendationAnswer"];
            /** @description Why the agent did not decide by itself. */
            reasons: components["schemas"]["Reason"][];
            /** @description Every rule and what it found. Empty of a reopened claim. */
            findings: components["schemas"]["RuleFinding"][];
            /** @description The figures behind what is payable. */
            amounts?: components["schemas"]["ReferralAmounts"];
            /** @description Above the authority of who proposes it: a manager has to approve it too. */
            proposal?: components["schemas"]["ApprovalProposal"];
            /**
             * Format: date-time
             * @description When the next one is asked; passed, where nobody is above. Absent of a decided claim.
             */
            dueAt?: string;
            /** @description How often nobody has decided in time. */
            escalationLevel: number;
            /** @description What was asked before the decision, oldest first. */
            questions: components["schemas"]["QuestionAnswer"][];
            /**
             * Format: date-time
             * @description For the last time.
             */
            referredAt: string;
            decidedBy?: string;
            decidedAmount?: components["schemas"]["MoneyValue"];
            /** Format: date-time */
            decidedAt?: string;
        };
        WholeClaimAnswer: {
            payments: components["schemas"]["PaymentAnswer"][];
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            revision: number;
            claimId: string;
            customerId: string;
            policyId: string;
            /** @enum {string} */
            status: "filed" | "reserved" | "referred" | "approved" | "payment_refused" | "paid" | "denied" | "withdrawn" | "closed" | "reopened";
            /** Format: date-time */
            lossAt: string;
            /** Format: date-time */
            reportedAt: string;
            /** @enum {string} */
            cause: "COLLISION" | "THEFT" | "FIRE" | "HAIL" | "WINDSCREEN" | "LIABILITY" | "STORM" | "WATER" | "BURGLARY" | "FLOOD";
            reporter: string;
            estimatedLoss: components["schemas"]["MoneyValue"];
            /** @description Set aside now. */
            reserve?: components["schemas"]["MoneyValue"];
            payable?: components["schemas"]["MoneyValue"];
            /** @description Settled by the provider, over all payments. */
            paid: components["schemas"]["MoneyValue"];
            /** @description Absent until the policy agent has answered. */
            covered?: boolean;
            coverageReasons: components["schemas"]["Reason"][];
            fraudPoints?: number;
            fraudIndicators: components["schemas"]["FraudIndicator"][];
            /** @enum {string} */
            requiredAuthority?: "ADJUSTER" | "MANAGER";
            /** @description AUTOMATIC, or the person who decided last. */
            decidedBy?: string;
            /** @description Of the last decision, referral, refusal or reopening. */
            reasons: components["schemas"]["Reason"][];
            /** @enum {string} */
            outcome?: "PAID" | "DENIED" | "WITHDRAWN";
            /** Format: date-time */
            filedAt: string;
            /** Format: date-time */
            closedAt?: string;
        };
        WholeLetterAnswer: {
            /** @description Outermost first. */
            causes: components["schemas"]["CauseAnswer"][];
            key?: string;
            /** @description The record that died, as text. */
            body: string;
            headers: {
                [key: string]: string;
            };
            /** @description Letters that it came back as. */
            returnedAs: string[];
            id: string;
            /** @enum {string} */
            status: "open" | "redriven" | "dropped";
            resolution?: components["schemas"]["ResolutionAnswer"];
            code: string;
            agentId: string;
            messageType?: string;
            customerId?: string;
            messageId: string;
            origin: components["schemas"]["OriginAnswer"];
            attempts: number;
            /**
             * Format: date-time
             * @description When it was given up.
             */
            at: string;
            /** Format: date-time */
            recordedAt: string;
            /** @description The letter that this one was before it was redriven. */
            redriveOf?: string;
            /** @description Length of the body. */
            bytes: number;
        };
        WholePolicyAnswer: {
            /** @description Oldest first. */
            versions: components["schemas"]["PolicyVersionAnswer"][];
            /**
             * Format: date-time
             * @description Of the last event, by its own clock.
             */
            updatedAt: string;
            /** @description Events that it is made of; the ETag. */
            revision: number;
            policyId: string;
            customerId: string;
            quoteId: string;
            /** @enum {string} */
            product: "MOTOR" | "HOME";
            /** @enum {string} */
            status: "bound" | "in_force" | "cancelled" | "lapsed";
            version: number;
            cover: components["schemas"]["Cover"];
            /** @description A year. */
            premium?: components["schemas"]["MoneyValue"];
            motor?: components["schemas"]["MotorFacts"];
            home?: components["schemas"]["HomeFacts"];
            /** Format: date-time */
            effectiveFrom: string;
            /** Format: date-time */
            effectiveTo: string;
            bonusMalus: number;
            /** Format: date-time */
            boundAt: string;
            /** Format: date-time */
            endedAt?: string;
            endReason?: string;
            cancellationMethod?: string;
            refund?: components["schemas"]["MoneyValue"];
        };
        /**
         * @example {
         *       "customerId": "cust-1001",
         *       "reason": "The other party pays."
         *     }
         */
        WithdrawClaimBody: {
            reason: string;
            /** @description The customer that the message is about; the partition key. */
            customerId: string;
        };
    };
    responses: {
        /** @description The request cannot be understood; The request breaks its contract; The body is not JSON */
        Problem400: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who asks is not known */
        Problem401: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Who asks may not do this */
        Problem403: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The agent refused the command */
        Problem404: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The agent refused the command */
        Problem409: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It has changed since it was read */
        Problem412: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too large */
        Problem413: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Bodies are application/json */
        Problem415: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The idempotency key belongs to another request */
        Problem422: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too many requests */
        Problem429: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The headers are too large */
        Problem431: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The gateway failed */
        Problem500: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The answer took too long; Too much waits already; The message log does not answer; The database does not answer */
        Problem503: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request cannot be understood; The request breaks its contract */
        Problem400Variant1: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is nothing here */
        Problem404Variant1: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The request cannot be understood; The request breaks its contract
         *
         *     The request cannot be understood; The request breaks its contract
         */
        Problem400Variant2: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description Who asks is not known
         *
         *     Who asks is not known
         */
        Problem401Variant1: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description Who asks may not do this
         *
         *     Who asks may not do this
         */
        Problem403Variant1: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description Too many requests
         *
         *     Too many requests
         */
        Problem429Variant1: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The headers are too large
         *
         *     The headers are too large
         */
        Problem431Variant1: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The gateway failed
         *
         *     The gateway failed
         */
        Problem500Variant1: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /**
         * @description The answer took too long; Too much waits already; The message log does not answer; The database does not answer
         *
         *     The answer took too long; Too much waits already; The message log does not answer; The database does not answer
         */
        Problem503Variant1: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The request contradicts what is there */
        Problem409Variant1: {
            headers: {
                /** @description W3C trace context. */
                traceparent?: string;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
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
    listCustomers: {
        parameters: {
            query?: {
                /** @description Newest first without it. */
                order?: "newest" | "oldest";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomersPage"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    registerCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterCustomerBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "CUSTOMER_REGISTERED";
                            payload?: components["schemas"]["CustomerRegisteredPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
                /** @description The ETag that the caller has. */
                "if-none-match"?: string;
            };
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description Changes with every change. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CustomerAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    updateProfile: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                /** @description The customer that the message is about; the partition key. */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateProfileBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "CUSTOMER_PROFILE_UPDATED";
                            payload?: components["schemas"]["CustomerProfileUpdatedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    erasePersonalData: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                /** @description The customer that the message is about; the partition key. */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ErasePersonalDataBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "PERSONAL_DATA_ERASED";
                            payload?: components["schemas"]["PersonalDataErasedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setConsent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                purpose: "SERVICE" | "MARKETING" | "DATA_SHARING";
                /** @description The customer that the message is about; the partition key. */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetConsentBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "CUSTOMER_CONSENT_CHANGED";
                            payload?: components["schemas"]["CustomerConsentChangedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    setPreferences: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                /** @description The customer that the message is about; the partition key. */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetPreferencesBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "NOTIFICATION_PREFERENCES_SET";
                            payload?: components["schemas"]["NotificationPreferencesSetPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAssessments: {
        parameters: {
            query?: {
                product?: "MOTOR" | "HOME";
                purpose?: "QUOTE" | "REVIEW";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
                /** @description Newest first without it. */
                order?: "newest" | "oldest";
                customer?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentsPage"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    assessCustomer: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AssessCustomerBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "RISK_ASSESSMENT_COMPLETED";
                            payload?: components["schemas"]["RiskAssessmentCompletedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listQuotes: {
        parameters: {
            query?: {
                status?: "issued" | "declined" | "accepted" | "expired";
                product?: "MOTOR" | "HOME";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
                /** @description Newest first without it. */
                order?: "newest" | "oldest";
                customer?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuotesPage"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    requestQuote: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestQuoteBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "QUOTE_ISSUED" | "QUOTE_DECLINED";
                            payload?: components["schemas"]["QuoteIssuedPayload"] | components["schemas"]["QuoteDeclinedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    acceptQuote: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                quoteId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptQuoteBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "POLICY_BOUND";
                            payload?: components["schemas"]["PolicyBoundPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    endorsePolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EndorsePolicyBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "POLICY_ENDORSED";
                            payload?: components["schemas"]["PolicyEndorsedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    renewPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RenewPolicyBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "POLICY_RENEWED";
                            payload?: components["schemas"]["PolicyRenewedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    cancelPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelPolicyBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "POLICY_CANCELLED";
                            payload?: components["schemas"]["PolicyCancelledPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    lapsePolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LapsePolicyBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "POLICY_LAPSED";
                            payload?: components["schemas"]["PolicyLapsedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    reinstatePolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReinstatePolicyBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "POLICY_REINSTATED";
                            payload?: components["schemas"]["PolicyReinstatedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    askCoverage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AskCoverageBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "COVERAGE_QUESTION_ANSWERED";
                            payload?: components["schemas"]["CoverageQuestionAnsweredPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listClaims: {
        parameters: {
            query?: {
                status?: "filed" | "reserved" | "referred" | "approved" | "payment_refused" | "paid" | "denied" | "withdrawn" | "closed" | "reopened";
                policy?: string;
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
                /** @description Newest first without it. */
                order?: "newest" | "oldest";
                customer?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimsPage"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    fileClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FileClaimBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "CLAIM_FILED";
                            payload?: components["schemas"]["ClaimFiledPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    withdrawClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WithdrawClaimBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "CLAIM_WITHDRAWN";
                            payload?: components["schemas"]["ClaimWithdrawnPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    reopenClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReopenClaimBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "CLAIM_REOPENED";
                            payload?: components["schemas"]["ClaimReopenedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    answerClaimQuestion: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AnswerClaimQuestionBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "CLAIM_INFORMATION_PROVIDED";
                            payload?: components["schemas"]["ClaimInformationProvidedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listConversationMessages: {
        parameters: {
            query?: {
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path: {
                conversationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationLinesAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401Variant1"];
            403: components["responses"]["Problem403Variant1"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429Variant1"];
            431: components["responses"]["Problem431Variant1"];
            500: components["responses"]["Problem500Variant1"];
            503: components["responses"]["Problem503Variant1"];
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                conversationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendMessageBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "CONVERSATION_MESSAGE_RECORDED";
                            payload?: components["schemas"]["ConversationMessageRecordedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    closeConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                conversationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CloseConversationBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "CONVERSATION_CLOSED";
                            payload?: components["schemas"]["ConversationClosedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    decideClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key and request are carried out once, for 24 hours. A new key for each new wish. */
                "idempotency-key"?: string;
                /** @description The conversation that the command belongs to. */
                "aika-conversation"?: string;
                "aika-priority"?: "HIGH" | "NORMAL" | "LOW";
                /** @description The ETag of what is changed, as the caller has read it. */
                "if-match"?: string;
                /** @description RFC 7240: `wait=5` waits so many seconds for the outcome. */
                prefer?: string;
            };
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DecideClaimBody"];
            };
        };
        responses: {
            /** @description With `Prefer: wait`: the command was carried out. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description The wait that was honoured. */
                    "preference-applied"?: string;
                    /** @description Hand it to a read as `aika-position` to see what was done. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"] & {
                        outcome: components["schemas"]["Envelope"] & {
                            /** @enum {string} */
                            messageType?: "CLAIM_APPROVED" | "CLAIM_DENIED" | "CLAIM_REFERRED" | "CLAIM_INFORMATION_REQUESTED";
                            payload?: components["schemas"]["ClaimApprovedPayload"] | components["schemas"]["ClaimDeniedPayload"] | components["schemas"]["ClaimReferredPayload"] | components["schemas"]["ClaimInformationRequestedPayload"];
                        };
                    };
                };
            };
            /** @description The command is durable; where to follow it. */
            202: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description `monitor`: the stream to follow; `status`: what became of the command. */
                    link?: string;
                    /** @description `true`: this is the answer of an earlier request under the same key. */
                    "idempotency-replayed"?: string;
                    /** @description What the command brings into being or changes. */
                    location?: string;
                    /** @description Of the command: a read that is given it knows that it was accepted. */
                    "aika-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandAccepted"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404"];
            409: components["responses"]["Problem409"];
            412: components["responses"]["Problem412"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            422: components["responses"]["Problem422"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listTopics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Topics. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicsAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    readTopic: {
        parameters: {
            query?: {
                /** @description Where a read without cursor begins: the oldest kept record, or what comes from now on. */
                from?: "start" | "end";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
            };
            header?: never;
            path: {
                /** @description Name without the namespace, such as `events` or `agent.claims.high`. */
                topic: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Records, and where the next page begins. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RecordsAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    produceMessage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name without the namespace, such as `events` or `agent.claims.high`. */
                topic: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Envelope"];
            };
        };
        responses: {
            /** @description It is durable. */
            201: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProducedAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listDeadLetters: {
        parameters: {
            query?: {
                status?: "open" | "redriven" | "dropped";
                /** @description The agent that gave it up. */
                agent?: string;
                /** @description Why, such as INVALID_PAYLOAD. */
                code?: string;
                type?: string;
                customer?: string;
                /** @description Topic that the record came from, without namespace. */
                topic?: string;
                /** @description Given up at or after it. */
                since?: string;
                /** @description Given up before it. */
                until?: string;
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Letters without their bodies. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LettersAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Or its first characters, 8 or more. */
                letterId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The letter. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeLetterAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    redriveDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Or its first characters, 8 or more. */
                letterId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RedriveOrder"];
            };
        };
        responses: {
            /** @description What became of it. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LetterOutcomeAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            409: components["responses"]["Problem409Variant1"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    editDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Or its first characters, 8 or more. */
                letterId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditOrder"];
            };
        };
        responses: {
            /** @description What became of it. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LetterOutcomeAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            409: components["responses"]["Problem409Variant1"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    dropDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Or its first characters, 8 or more. */
                letterId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LetterOrder"];
            };
        };
        responses: {
            /** @description What became of it. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LetterOutcomeAnswer"];
                };
            };
            400: components["responses"]["Problem400"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            409: components["responses"]["Problem409Variant1"];
            413: components["responses"]["Problem413"];
            415: components["responses"]["Problem415"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listAgents: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The last card of each instance, read a second ago at most. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AgentsAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getStats: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The topics as of a second ago at most. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatsAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listParkedKeys: {
        parameters: {
            query?: {
                agent?: string;
                code?: string;
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
                /** @description Newest first without it. */
                order?: "newest" | "oldest";
                customer?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParkedKeysPage"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    searchAudit: {
        parameters: {
            query?: {
                /** @description `none` for lines that are about nobody. */
                customer?: string;
                /** @description Who did it: a person, an agent, a process. */
                actor?: string;
                /** @description A message type, or what was done. */
                action?: string;
                kind?: "command" | "decision" | "approval" | "redrive" | "control" | "configuration" | "login" | "reading" | "privacy";
                /** @description A claim, a policy, a quote, an instance, an address. */
                object?: string;
                /** @description Recorded at or after it. */
                since?: string;
                /** @description Recorded before it. */
                until?: string;
                /** @description The newest so many; 100 without it. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines as they stand on the log. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    stream: {
        parameters: {
            query?: {
                customer?: string;
                conversation?: string;
                claim?: string;
                /** @description Message types, comma separated. */
                type?: string[];
                /** @description The agent that sent it or that it is for. */
                agent?: string;
                stage?: "intake" | "assessment" | "recommendation" | "decision" | "settlement";
                /** @description Where to go on, for clients that cannot set the header Last-Event-ID. */
                lastEventId?: string;
            };
            header?: {
                /** @description Where to go on. */
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream without an end. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["StreamEvent"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    exportPersonalData: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As of now. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PersonAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getCommand: {
        parameters: {
            query?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                position?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
                /** @description The ETag that the caller has. */
                "if-none-match"?: string;
            };
            path: {
                messageId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description Changes with every change. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommandStatusAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getAssessment: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
                /** @description The ETag that the caller has. */
                "if-none-match"?: string;
            };
            path: {
                assessmentId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description Changes with every change. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AssessmentAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getQuote: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
                /** @description The ETag that the caller has. */
                "if-none-match"?: string;
            };
            path: {
                quoteId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description Changes with every change. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuoteAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listPolicies: {
        parameters: {
            query?: {
                status?: "bound" | "in_force" | "cancelled" | "lapsed";
                product?: "MOTOR" | "HOME";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
                /** @description Newest first without it. */
                order?: "newest" | "oldest";
                customer?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PoliciesPage"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
                /** @description The ETag that the caller has. */
                "if-none-match"?: string;
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description Changes with every change. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholePolicyAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getClaim: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
                /** @description The ETag that the caller has. */
                "if-none-match"?: string;
            };
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description Changes with every change. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeClaimAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listConversations: {
        parameters: {
            query?: {
                status?: "open" | "closed";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
                /** @description Newest first without it. */
                order?: "newest" | "oldest";
                customer?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationsPage"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getConversation: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
                /** @description The ETag that the caller has. */
                "if-none-match"?: string;
            };
            path: {
                conversationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description Changes with every change. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConversationAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listApprovals: {
        parameters: {
            query?: {
                status?: "open" | "approved" | "denied" | "withdrawn";
                kind?: "referred" | "reopened";
                /** @description Who may decide it. */
                authority?: "ADJUSTER" | "MANAGER";
                /** @description Whether it should have been decided, or answered, by now. */
                overdue?: boolean;
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
                /** @description Newest first without it. */
                order?: "newest" | "oldest";
                customer?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApprovalsPage"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getApproval: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
                /** @description The ETag that the caller has. */
                "if-none-match"?: string;
            };
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description Changes with every change. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WholeApprovalAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    listNotifications: {
        parameters: {
            query?: {
                status?: "requested" | "delivered" | "skipped" | "failed";
                channel?: "LOG" | "EMAIL" | "WEBHOOK";
                template?: string;
                /** @description By the time of the request without it, else by that of the last change. */
                sort?: "requested" | "updated";
                /** @description Entries on the page, 50 without it; an installation may give fewer. */
                limit?: number;
                /** @description Where the page begins: `next` of the page before. Not to be made or changed by callers. */
                cursor?: string;
                /** @description Newest first without it. */
                order?: "newest" | "oldest";
                customer?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationsPage"];
                };
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getNotification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
                /** @description The ETag that the caller has. */
                "if-none-match"?: string;
            };
            path: {
                notificationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it is now. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    /** @description Changes with every change. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationAnswer"];
                };
            };
            /** @description The caller has it as it is. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["Problem400Variant1"];
            401: components["responses"]["Problem401"];
            403: components["responses"]["Problem403"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429"];
            431: components["responses"]["Problem431"];
            500: components["responses"]["Problem500"];
            503: components["responses"]["Problem503"];
        };
    };
    getClaimHistory: {
        parameters: {
            query?: {
                /** @description What was known by then, by the messages' own clock. */
                asOf?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimHistoryAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401Variant1"];
            403: components["responses"]["Problem403Variant1"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429Variant1"];
            431: components["responses"]["Problem431Variant1"];
            500: components["responses"]["Problem500Variant1"];
            503: components["responses"]["Problem503Variant1"];
        };
    };
    getClaimPapers: {
        parameters: {
            query?: {
                /** @description What was known by then, by the messages' own clock. */
                asOf?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path: {
                claimId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClaimPapersAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401Variant1"];
            403: components["responses"]["Problem403Variant1"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429Variant1"];
            431: components["responses"]["Problem431Variant1"];
            500: components["responses"]["Problem500Variant1"];
            503: components["responses"]["Problem503Variant1"];
        };
    };
    getPolicyHistory: {
        parameters: {
            query?: {
                /** @description What was known by then, by the messages' own clock. */
                asOf?: string;
            };
            header?: {
                /** @description Of the answer to a command: the read waits until the views know of it. */
                "aika-position"?: string;
            };
            path: {
                policyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page. */
            200: {
                headers: {
                    /** @description W3C trace context. */
                    traceparent?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyHistoryAnswer"];
                };
            };
            400: components["responses"]["Problem400Variant2"];
            401: components["responses"]["Problem401Variant1"];
            403: components["responses"]["Problem403Variant1"];
            404: components["responses"]["Problem404Variant1"];
            429: components["responses"]["Problem429Variant1"];
            431: components["responses"]["Problem431Variant1"];
            500: components["responses"]["Problem500Variant1"];
            503: components["responses"]["Problem503Variant1"];
        };
    };
}
