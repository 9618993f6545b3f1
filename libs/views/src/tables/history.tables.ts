import type { Metadata, Priority, Stage } from '@aika/contracts';
import type { Generated } from 'kysely';
import type { Json, Moment, RecordColumns } from './columns.js';

/** Every event of the business, each message id once. What an entity was at a time is the fold of its events. */
export interface EventsTable extends RecordColumns {
  message_id: string;
  type: string;
  schema_version: number;
  customer_id: string;
  /** The entities that the event is about, as far as its payload names them. */
  claim_id: string | null;
  policy_id: string | null;
  quote_id: string | null;
  conversation_id: string | null;
  notification_id: string | null;
  /** The message's own time. */
  occurred_at: Moment;
  /** When the log took it. */
  recorded_at: Moment;
  source_agent_id: string;
  target_agent_id: string | null;
  priority: Priority;
  stage: Stage;
  /** Message that started the workflow: the command that a caller may be waiting for. */
  correlation_id: string | null;
  causation_id: string | null;
  request_id: string | null;
  metadata: Json<Metadata>;
  /** Newest version of the payload; texts of conversations are left out. */
  payload: Json<Record<string, unknown>>;
}

/** Commands of people and systems, each message id once, without their payload. */
export interface CommandsTable extends RecordColumns {
  message_id: string;
  type: string;
  customer_id: string;
  conversation_id: string | null;
  occurred_at: Moment;
  recorded_at: Moment;
  source_agent_id: string;
  priority: Priority;
  correlation_id: string | null;
}

/** How far the views have read each partition. Rows and positions change in one transaction. */
export interface PositionsTable {
  topic: string;
  partition: number;
  /** Offset of the next record to read: every record below it is in the views. */
  next_offset: number;
  /** Latest time of the log up to there, in milliseconds since 1970 UTC. */
  latest_ms: number;
  /** Identity of the topic on its cluster; null where the cluster is too old to tell. */
  topic_id: string | null;
  /** When the position was last moved, by the database's clock. */
  stepped_at: Generated<Moment>;
}
