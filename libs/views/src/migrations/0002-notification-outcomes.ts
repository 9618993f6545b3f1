import { type Kysely, sql } from 'kysely';

/**
 * What became of notifications, and indexes for the lists of assessments, notifications and parked keys.
 *
 * Outcomes are filled in from `events`, which keeps them longer than the log does (7 days): nothing has to be rebuilt.
 * `moved_at` has another name from here on, so that a projector of the version before, which would go on without the
 * outcomes, fails at its next step and waits to be replaced.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS.split(/;\s*\n/)) {
    if (statement.trim() !== '') await sql.raw(statement).execute(db);
  }
}

const STATEMENTS = `
alter table positions rename column moved_at to stepped_at;

alter table events add column notification_id text;
update events set notification_id = payload ->> 'notificationId'
  where type in ('NOTIFICATION_REQUESTED', 'NOTIFICATION_CLOSED');
create index events_notification on events (notification_id, order_key) where notification_id is not null;

alter table notifications
  add column purpose text,
  add column status text,
  add column reason jsonb,
  add column closed_at timestamptz,
  add column updated_at timestamptz,
  add column revision integer;
with requests as (
  select distinct on (notification_id) * from events
  where type = 'NOTIFICATION_REQUESTED' order by notification_id, order_key
), closings as (
  select distinct on (notification_id) notification_id, occurred_at, order_key, payload,
    count(*) over (partition by notification_id) as number
  from events where type = 'NOTIFICATION_CLOSED' order by notification_id, order_key desc
)
update notifications n set
  customer_id = r.payload ->> 'customerId',
  channel = r.payload ->> 'channel',
  template = r.payload ->> 'template',
  language = r.payload ->> 'language',
  parameters = r.payload -> 'parameters',
  caused_by = r.payload ->> 'causedBy',
  requested_at = r.occurred_at,
  message_id = r.message_id,
  purpose = r.payload ->> 'purpose',
  status = coalesce(lower(c.payload ->> 'outcome'), 'requested'),
  reason = c.payload -> 'reason',
  closed_at = c.occurred_at,
  updated_at = coalesce(c.occurred_at, r.occurred_at),
  revision = 1 + coalesce(c.number, 0),
  order_key = greatest(r.order_key, c.order_key)
from requests r left join closings c using (notification_id)
where r.notification_id = n.notification_id;
update notifications set status = 'requested', updated_at = requested_at, revision = 1 where status is null;
alter table notifications
  alter column status set not null,
  alter column updated_at set not null,
  alter column revision set not null;
create index notifications_status on notifications (status, requested_at, notification_id);
create index notifications_updated on notifications (updated_at, notification_id);

create index assessments_assessed on assessments (assessed_at, assessment_id);
create index dead_letters_message on dead_letters (message_id);

alter table parked_keys add column parked_key_id text not null
  generated always as (agent_id || '/' || instance_id || '/' || customer_id) stored;
create index parked_keys_since on parked_keys (since, parked_key_id);
`;
