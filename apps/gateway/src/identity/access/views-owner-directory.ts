import {
  findClaim,
  findCommand,
  findConversation,
  findNotification,
  findPolicy,
  findQuote,
  type ViewsDatabase,
} from '@aika/views';
import type { ObjectKind } from './access-rules.js';
import type { OwnerDirectory } from './owner-directory.js';

type Find = (db: ViewsDatabase, id: string) => Promise<{ readonly customer_id: string } | undefined>;

const FINDS: Readonly<Record<ObjectKind, Find>> = {
  claim: findClaim,
  policy: findPolicy,
  quote: findQuote,
  conversation: findConversation,
  notification: findNotification,
  command: findCommand,
};

/** Owners as the views know them. */
export class ViewsOwnerDirectory implements OwnerDirectory {
  constructor(private readonly db: ViewsDatabase) {}

  async ownersOf(kind: ObjectKind, id: string): Promise<readonly string[]> {
    const row = await FINDS[kind](this.db, id);
    if (row === undefined) return [];
    if (kind !== 'conversation') return [row.customer_id];
    // Callers choose the ids of conversations: two who took the same one must not read each other's lines.
    const lines = await this.db
      .selectFrom('conversation_messages')
      .select('customer_id')
      .distinct()
      .where('conversation_id', '=', id)
      .execute();
    return [...new Set([row.customer_id, ...lines.map((line) => line.customer_id)])];
  }
}
