import {
  AuditRecorded,
  catalogue,
  CommandRejected,
  CoverageQuestionAnswered,
  PersonalDataErased,
  PolicyRecommended,
} from '@aika/contracts';
import type { EntityFold } from './entity-fold.js';
import { FACTS } from './facts.js';
import { claimsFold } from './folds/claims.fold.js';
import { conversationsFold } from './folds/conversations.fold.js';
import { customersFold } from './folds/customers.fold.js';
import { notificationsFold } from './folds/notifications.fold.js';
import { policiesFold } from './folds/policies.fold.js';
import { quotesFold } from './folds/quotes.fold.js';
import { referredClaimsFold } from './folds/referred-claims.fold.js';

export const FOLDS: readonly EntityFold[] = [
  customersFold,
  quotesFold,
  policiesFold,
  claimsFold,
  referredClaimsFold,
  conversationsFold,
  notificationsFold,
];

/** Types that stand in `events` and in no other table, each for its reason. */
export const HISTORY_ONLY: Readonly<Record<string, string>> = {
  [CommandRejected.type]: 'The answer to a command: found by its correlation id.',
  [CoverageQuestionAnswered.type]: 'The answer to a question: found by its correlation id or policy.',
  [PersonalDataErased.type]:
    'Views hold nothing open that is personal: there is nothing to take out of them.',
  [PolicyRecommended.type]: 'A step towards the quote, which repeats its cover.',
};

/** Types of which nothing is kept, each for its reason. */
export const NOT_PROJECTED: Readonly<Record<string, string>> = {
  [AuditRecorded.type]: 'The trail is read from its own topic; what it records stands in `events`.',
};

/** Commands of people and systems stand in `commands`; what agents ask each other and themselves does not. */
export const COMMAND_TOPIC = 'commands';

/** Tables that an event type changes, `events` left out. */
export function tablesOf(type: string): readonly string[] {
  const views = [...FOLDS, ...FACTS];
  return views.filter(({ types }) => types.has(type)).map(({ table }) => table);
}

/** Whether events of a type are kept at all. */
export function isProjected(type: string): boolean {
  return catalogue.get(type)?.kind === 'event' && NOT_PROJECTED[type] === undefined;
}
