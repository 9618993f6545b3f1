import type { Channel, ConsentPurpose, ConversationAuthor, Reason } from '@aika/contracts';
import type { FoldedColumns, Json, Moment } from './columns.js';

/** Customers who registered or were assessed. Names and contacts are not on events, so they are not here. */
export interface CustomersTable extends FoldedColumns {
  customer_id: string;
  /** Null while only assessed. */
  registered_at: Moment | null;
  channels: string[] | Channel[];
  language: string | null;
  /** By purpose; absent = never asked. */
  consents: Json<Partial<Record<ConsentPurpose, boolean>>>;
  /** Of the last assessment, 0 (best) to 100. */
  risk_score: number | null;
  assessed_at: Moment | null;
}

export interface ConversationsTable extends FoldedColumns {
  conversation_id: string;
  customer_id: string;
  status: 'open' | 'closed';
  opened_at: Moment;
  closed_at: Moment | null;
  message_count: number;
  last_message_at: Moment | null;
}

export interface ConversationMessagesTable {
  conversation_id: string;
  /** Place in the conversation, from 1. */
  sequence: number;
  customer_id: string;
  author: ConversationAuthor;
  /** Personal data. */
  text: string;
  sent_at: Moment;
  message_id: string;
  order_key: string;
}

/** `skipped`: nothing was sent, by the wish of the customer or for want of an address. */
export const NOTIFICATION_STATUSES = ['requested', 'delivered', 'skipped', 'failed'] as const;
export type NotificationStatus = (typeof NOTIFICATION_STATUSES)[number];

export interface NotificationsTable extends FoldedColumns {
  notification_id: string;
  customer_id: string;
  channel: Channel;
  /** Name of the text to send. */
  template: string;
  language: string;
  parameters: Json<Readonly<Record<string, string>>>;
  /** Message that the customer is told about. */
  caused_by: string;
  /** Null = for the service that the customer has a contract for. */
  purpose: ConsentPurpose | null;
  requested_at: Moment;
  status: NotificationStatus;
  /** Why it was not delivered. */
  reason: Json<Reason> | null;
  /** When the outcome was known. */
  closed_at: Moment | null;
  /** Of the request. */
  message_id: string;
}
