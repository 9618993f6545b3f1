import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ClaimApproved,
  ClaimFiled,
  ClaimPaid,
  ClaimReserved,
  ClaimInformationProvided,
  ClaimInformationRequested,
  ClaimReferred,
  ConversationMessageRecorded,
  ConversationOpened,
  NotificationClosed,
  NotificationRequested,
  RiskAssessmentCompleted,
} from '@aika/contracts';
import { createTestDatabase, type TestDatabase } from '@aika/testing';
import {
  applyBatch,
  carryOver,
  compareTable,
  type CommandRow,
  type LetterChange,
  migrateViews,
  migrations,
  openViews,
  requireNewestViews,
  type RowTable,
  type Schemas,
  VIEWS,
  type ViewsDatabase,
  VIEWS_SCHEMA,
} from '@aika/views';
import { type Kysely, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { batchOf, logged } from '../logged-events.fixtures.js';

const NEXT = `${VIEWS_SCHEMA}_next`;
const SCHEMAS: Schemas = { live: VIEWS_SCHEMA, next: NEXT };
const NOTICES = 'aika.notifications';

let database: TestDatabase;
let live: ViewsDatabase;
let next: ViewsDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  live = openViews(database.url, { maxConnections: 2 });
  next = openViews(database.url, { schema: NEXT, maxConnections: 2 });
});

afterAll(async () => {
  await Promise.all([live.destroy(), next.destroy()]);
  await database.drop();
});

async function empty(...schemas: readonly string[]): Promise<void> {
  for (const schema of schemas) {
    await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(live);
    await sql`create schema ${sql.id(schema)}`.execute(live);
  }
}

/** Rows in which the live tables differ from the others. */
async function differences(tables: readonly RowTable[] = Object.values(VIEWS).flat()) {
  const compared = await Promise.all(tables.map((table) => compareTable(live, SCHEMAS, table, 5)));
  return compared.flatMap(({ shown }) => shown);
}

const notice = (offset: number, notificationId: string) =>
  logged(NotificationRequested, { offset, topic: NOTICES, id: `ntc-${offset}`, payload: { notificationId } });
const closing = (offset: number, notificationId: string, outcome: 'DELIVERED' | 'FAILED' | 'SKIPPED') =>
  logged(NotificationClosed, {
    offset,
    topic: NOTICES,
    id: `ntc-${offset}`,
    payload: { notificationId, outcome },
  });

describe('messages that come again', () => {
  beforeAll(async () => {
    await empty(VIEWS_SCHEMA);
    await migrateViews(live);
  });
  const claim = () =>
    live.selectFrom('claims').select(['status', 'paid_amount', 'revision']).executeTakeFirst();
  const paid = { status: 'paid', paid_amount: 35_000, revision: 4 };

  it('count once, in whatever later batch their id stands again', async () => {
    const life = [ClaimFiled, ClaimReserved, ClaimApproved, ClaimPaid] as const;
    const events = life.map((definition, offset) => logged(definition as typeof ClaimFiled, { offset }));
    await applyBatch(live, batchOf(events));
    expect(await claim()).toEqual(paid);
    const again = logged(ClaimPaid, { offset: 9, id: 'msg-3' });
    await applyBatch(live, batchOf([again]));
    expect(await claim()).toEqual(paid);
    await applyBatch(live, batchOf([again, logged(ClaimPaid, { offset: 10, id: 'msg-3' })]));
    expect(await claim()).toEqual(paid);
  });

  it('count at the earliest of their places, when that one is read last', async () => {
    await applyBatch(
      live,
      batchOf([logged(ClaimPaid, { offset: 0, id: 'msg-3', topic: 'aika.events.high', second: 1 })]),
    );
    expect(await claim()).toEqual({ ...paid, status: 'approved' });
    const { topic } = await live
      .selectFrom('events')
      .select('topic')
      .where('message_id', '=', 'msg-3')
      .executeTakeFirstOrThrow();
    expect(topic).toBe('aika.events.high');
  });
});

describe('views of the version before', () => {
  it('have the outcomes of notifications after the migration, as a rebuild would make them', async () => {
    await empty(VIEWS_SCHEMA, NEXT);
    await migrateViews(next, NEXT);
    const events = [
      notice(1, 'ntf-open'),
      notice(2, 'ntf-told'),
      closing(3, 'ntf-told', 'DELIVERED'),
      notice(4, 'ntf-twice'),
      closing(5, 'ntf-twice', 'FAILED'),
      notice(6, 'ntf-twice'),
      closing(7, 'ntf-twice', 'SKIPPED'),
      logged(ClaimFiled, { offset: 8 }),
    ];
    await applyBatch(next, batchOf(events));

    await new Migrator({
      db: live as unknown as Kysely<unknown>,
      provider: { getMigrations: () => Promise.resolve({ '0001-views': migrations['0001-views']! }) },
      migrationTableSchema: VIEWS_SCHEMA,
    }).migrateToLatest();
    await expect(requireNewestViews(live)).rejects.toMatchObject({ code: 'VIEWS_OUTDATED' });
    await fillAsBefore('events');
    await fillAsBefore('claims');
    await fillAsBefore('notifications');
    // The version before took the last request of an id for the notification.
    await sql`update notifications set message_id = 'ntc-6' where notification_id = 'ntf-twice'`.execute(
      live,
    );

    expect(await migrateViews(live)).toEqual(['0002-notification-outcomes', '0003-approval-desk']);
    await requireNewestViews(live);
    expect(await differences()).toEqual([]);
    const rows = await live
      .selectFrom('notifications')
      .select(['notification_id', 'status', 'revision'])
      .orderBy('notification_id')
      .execute();
    expect(rows).toEqual([
      { notification_id: 'ntf-open', status: 'requested', revision: 1 },
      { notification_id: 'ntf-told', status: 'delivered', revision: 2 },
      { notification_id: 'ntf-twice', status: 'skipped', revision: 3 },
    ]);
  });

  it('are not moved on by a projector of the version before, which would leave outcomes out', async () => {
    const step = sql`update positions set next_offset = 1, latest_ms = 1, moved_at = now()`.execute(live);
    await expect(step).rejects.toMatchObject({ code: '42703' });
  });
});

/** Copies the columns that a table of the version before has. */
async function fillAsBefore(table: 'events' | 'claims' | 'notifications'): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select column_name as name from information_schema.columns
    where table_schema = ${VIEWS_SCHEMA} and table_name = ${table}`.execute(live);
  const columns = sql.join(rows.map(({ name }) => sql.id(name)));
  await sql`insert into ${sql.table(`${VIEWS_SCHEMA}.${table}`)} (${columns})
    select ${columns} from ${sql.table(`${NEXT}.${table}`)}`.execute(live);
}

describe('the same events in other batches', () => {
  it('make the same rows, also where a moment with a round second stands within JSON', async () => {
    await empty(VIEWS_SCHEMA, NEXT);
    await migrateViews(live);
    await migrateViews(next, NEXT);
    const referred = logged(ClaimReferred, { offset: 0 });
    const asked = logged(ClaimInformationRequested, { offset: 1 });
    for (const event of [referred, asked]) await applyBatch(live, batchOf([event]));
    await applyBatch(next, batchOf([referred, asked]));
    expect(await differences()).toEqual([]);
  });
});

describe('what the log does not keep any more', () => {
  const START = 6;
  const conversation = { conversationId: 'conv-1' };
  const events = [
    notice(0, 'ntf-old'),
    notice(1, 'ntf-across'),
    closing(2, 'ntf-old', 'DELIVERED'),
    closing(7, 'ntf-across', 'FAILED'),
    notice(8, 'ntf-new'),
    logged(ClaimFiled, { offset: 0 }),
    logged(ClaimReserved, { offset: 1 }),
    logged(ConversationOpened, { offset: 2, payload: conversation }),
    logged(ConversationMessageRecorded, { offset: 3, payload: { ...conversation, text: 'kept' } }),
    logged(RiskAssessmentCompleted, { offset: 4 }),
    logged(ClaimInformationProvided, { offset: 5, payload: { text: 'kept too' } }),
    logged(ClaimApproved, { offset: 6 }),
    logged(ClaimPaid, { offset: 7 }),
  ];
  const isKept = ({ row }: { row: { record_offset: number } }) => row.record_offset >= START;
  const starts = ['aika.events', NOTICES, 'aika.commands', 'aika.dlq'].map((topic) => ({
    topic,
    partition: 0,
    start: START,
  }));

  beforeAll(async () => {
    await empty(VIEWS_SCHEMA, NEXT);
    await migrateViews(live);
    await migrateViews(next, NEXT);
    await applyBatch(live, batchOf(events, { commands: [COMMAND], letters: [LETTER, RESOLUTION] }));
  });

  it('is folded from what the live views hold of it, and goes on with what the log has', async () => {
    expect(await carryOver(next, SCHEMAS, starts)).toBe(9);
    await applyBatch(next, batchOf(events.filter(isKept), { letters: [RESOLUTION] }));
    expect(await differences()).toEqual([]);
    const texts = await next.selectFrom('conversation_messages').select('text').execute();
    expect(texts).toEqual([{ text: 'kept' }]);
    const answers = await next.selectFrom('claim_answers').select('text').execute();
    expect(answers).toEqual([{ text: 'kept too' }]);
    expect(await carryOver(next, SCHEMAS, starts)).toBe(0);
  });

  it('is found wrong in the live views, where somebody changed it', async () => {
    await live
      .updateTable('notifications')
      .set({ status: 'failed' })
      .where('notification_id', '=', 'ntf-old')
      .execute();
    expect(await differences()).toEqual([
      { table: 'notifications', key: 'ntf-old', kind: 'different', columns: ['status'] },
    ]);
  });

  it('leaves out what was said in a conversation, or about a claim, where it was erased', async () => {
    await empty(NEXT);
    await migrateViews(next, NEXT);
    await live.deleteFrom('conversation_messages').execute();
    await live.deleteFrom('claim_answers').execute();
    expect(await carryOver(next, SCHEMAS, starts)).toBe(9);
    expect(await next.selectFrom('conversation_messages').selectAll().execute()).toEqual([]);
    expect(await next.selectFrom('claim_answers').selectAll().execute()).toEqual([]);
    await applyBatch(next, batchOf(events.filter(isKept)));
    expect(await differences(['conversations', 'events'])).toEqual([]);
  });
});

const COMMAND: CommandRow = {
  message_id: 'msg-command',
  type: 'FILE_CLAIM',
  customer_id: 'cust-1001',
  conversation_id: null,
  occurred_at: '2026-03-01T00:00:00Z',
  recorded_at: '2026-03-01T00:00:00Z',
  source_agent_id: 'gateway',
  priority: 'NORMAL',
  correlation_id: null,
  topic: 'aika.commands',
  partition: 0,
  record_offset: 0,
  order_key: '0',
};
const LETTER: LetterChange = {
  kind: 'letter',
  row: {
    letter_id: 'dlq-1',
    code: 'HANDLER_FAILED',
    causes: [],
    agent_id: 'claims-processing-agent',
    message_type: 'FILE_CLAIM',
    customer_id: 'cust-1001',
    message_id: 'msg-dead',
    origin_topic: 'aika.commands',
    origin_partition: 0,
    origin_offset: 0,
    attempts: 3,
    died_at: '2026-03-01T00:00:00Z',
    recorded_at: '2026-03-01T00:00:00Z',
    redrive_of: null,
    bytes: 10,
    letter_topic: 'aika.dlq',
    letter_partition: 0,
    letter_offset: 0,
  },
};
/** Kept, while its letter is not. */
const RESOLUTION: LetterChange = {
  kind: 'resolution',
  letterId: 'dlq-1',
  resolution: {
    action: 'drop',
    resolved_by: 'jo',
    resolved_at: '2026-03-01T01:00:00Z',
    resolution_reason: 'a test',
    new_message_id: null,
  },
};
