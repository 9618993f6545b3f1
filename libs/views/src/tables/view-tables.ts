import type {
  ClaimAnswersTable,
  ClaimPaymentsTable,
  ClaimsTable,
  ReferredClaimsTable,
} from './claim.tables.js';
import type {
  ConversationMessagesTable,
  ConversationsTable,
  CustomersTable,
  NotificationsTable,
} from './customer.tables.js';
import type { CommandsTable, EventsTable, PositionsTable } from './history.tables.js';
import type { AgentsTable, DeadLettersTable, ParkedKeysTable } from './operation.tables.js';
import type { AssessmentsTable, PoliciesTable, PolicyVersionsTable, QuotesTable } from './policy.tables.js';

/** The tables of the read side, by name. */
export interface ViewTables {
  events: EventsTable;
  commands: CommandsTable;
  customers: CustomersTable;
  assessments: AssessmentsTable;
  quotes: QuotesTable;
  policies: PoliciesTable;
  policy_versions: PolicyVersionsTable;
  claims: ClaimsTable;
  claim_payments: ClaimPaymentsTable;
  referred_claims: ReferredClaimsTable;
  claim_answers: ClaimAnswersTable;
  conversations: ConversationsTable;
  conversation_messages: ConversationMessagesTable;
  notifications: NotificationsTable;
  dead_letters: DeadLettersTable;
  agents: AgentsTable;
  parked_keys: ParkedKeysTable;
  positions: PositionsTable;
}

export type TableName = keyof ViewTables;
