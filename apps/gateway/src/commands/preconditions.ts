import { Inject, Injectable } from '@nestjs/common';
import { DecideReferredClaim } from '@aika/contracts';
import {
  findClaim,
  findConversation,
  findCustomer,
  findPolicy,
  findQuote,
  findReferral,
  type ViewsDatabase,
} from '@aika/views';
import { ProblemError } from '../http/problem.js';
import { etagOf, namesTag } from '../reads/views-reader.js';
import { DATABASE } from '../tokens.js';
import type { CommandCall } from './command-call.js';

type Find = (db: ViewsDatabase, id: string) => Promise<{ readonly revision: number } | undefined>;

/** What a command changes, by the field that names it; the customer is named by all of them, so it comes last. */
const SUBJECTS: readonly (readonly [string, Find])[] = [
  ['claimId', findClaim],
  ['policyId', findPolicy],
  ['quoteId', findQuote],
  ['conversationId', findConversation],
  ['customerId', findCustomer],
];

/** Who decides a referred claim has read the referral. */
const APPROVAL: readonly [string, Find] = ['claimId', findReferral];

/**
 * `If-Match`: the caller decides on what they have read. Held against the views, so it finds what was changed before
 * the command was sent; what is under way at the same moment is the agent's to refuse.
 */
@Injectable()
export class Preconditions {
  constructor(@Inject(DATABASE) private readonly db: ViewsDatabase) {}

  /** @throws ProblemError `precondition-failed` */
  async check({ ifMatch, payload, edge }: CommandCall): Promise<void> {
    if (ifMatch === undefined) return;
    const named = SUBJECTS.find(([name]) => typeof payload[name] === 'string') ?? [];
    const [field, find] = edge.command === DecideReferredClaim ? APPROVAL : named;
    const row = field && find ? await find(this.db, String(payload[field])) : undefined;
    if (row && namesTag(ifMatch, etagOf(row))) return;
    const members = row === undefined ? {} : { current: etagOf(row) };
    throw new ProblemError(
      'precondition-failed',
      'It is not as the caller has read it; read it again.',
      members,
    );
  }
}
