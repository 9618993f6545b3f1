import type { GeneratedAlways } from 'kysely';
import type { Json, Moment } from './columns.js';

/** Dead letters without their bodies, which stay on the log at `letter_partition`, `letter_offset`. */
export interface DeadLettersTable {
  letter_id: string;
  status: 'open' | 'redriven' | 'dropped';
  /** Why, for programs: `INVALID_PAYLOAD`, `HANDLER_FAILED`, or the handler's own code. */
  code: string;
  /** The chain of causes, outermost first. */
  causes: Json<readonly unknown[]>;
  agent_id: string;
  message_type: string | null;
  customer_id: string | null;
  /** Id of the message that died. */
  message_id: string;
  origin_topic: string;
  origin_partition: number | null;
  origin_offset: number | null;
  attempts: number;
  /** When it was given up. */
  died_at: Moment;
  /** The timestamp of the record that died. */
  recorded_at: Moment;
  /** Letter that this one was before it was redriven. */
  redrive_of: string | null;
  /** Length of the body. */
  bytes: number;
  letter_topic: string;
  letter_partition: number;
  letter_offset: number;
  /** What was done about it; null while open. */
  action: 'redrive' | 'edit' | 'drop' | null;
  resolved_by: string | null;
  resolved_at: Moment | null;
  resolution_reason: string | null;
  /** Id of the message that was sent instead. */
  new_message_id: string | null;
}

/** One card per running instance of an agent. */
export interface AgentsTable {
  agent_id: string;
  instance_id: string;
  /** `superseded`: a later generation of the agent's group is known, to which this instance does not belong. */
  status: 'current' | 'superseded';
  handles: string[];
  emits: string[];
  partitions: number[];
  generation: number;
  parked_keys: number;
  parked_messages: number;
  /** When the instance last wrote its card: at each assignment, and when what is parked changes. */
  published_at: Moment;
  record_offset: number;
}

/** Customers whose messages wait behind one that fails; the 100 oldest of each instance. */
export interface ParkedKeysTable {
  /** Agent, instance and customer with slashes between. */
  parked_key_id: GeneratedAlways<string>;
  agent_id: string;
  instance_id: string;
  customer_id: string;
  since: Moment;
  next_try: Moment;
  /** Failed tries of the first message. */
  attempts: number;
  /** Messages that wait, the failing one included. */
  waiting: number;
  code: string;
  reason: string;
}
