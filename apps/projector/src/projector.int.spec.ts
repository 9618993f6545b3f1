import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  ClaimApproved,
  ClaimClosed,
  ClaimFiled,
  ClaimPaid,
  ClaimReserved,
  ConversationMessageRecorded,
  FileClaim,
  PaymentSettled,
  RiskAssessmentCompleted,
} from '@aika/contracts';
import {
  DEAD_LETTER_HEADER,
  FORWARDED_HEADER,
  LETTER_HEADER,
  type LogRecord,
  type MessageLog,
  type OutgoingRecord,
} from '@aika/messaging';
import {
  createTestDatabase,
  freePort,
  type PostgresHandle,
  startLocalPostgres,
  stopLocalPostgres,
  type TestDatabase,
} from '@aika/testing';
import { migrateViews, PositionConflict, type ViewName, VIEWS } from '@aika/views';
import { BatchProjection } from './batch-projection.js';
import { countsOf, eventually, ProjectorWorld, silent } from './projector-world.fixtures.js';
import { checkViews, rebuildViews } from './rebuild/rebuild-views.js';
import { LogReplaced, Standing } from './standing.js';

const TEST_TIMEOUT_MS = 90_000;
const LIFE = [ClaimFiled, ClaimReserved, ClaimApproved, ClaimPaid, ClaimClosed] as const;

let world: ProjectorWorld;
let database: TestDatabase;

beforeAll(async () => {
  [world, database] = await Promise.all([ProjectorWorld.create('projector'), createTestDatabase()]);
}, TEST_TIMEOUT_MS);

afterAll(async () => {
  await world.close();
  await database.drop();
}, TEST_TIMEOUT_MS);

/** The lives of some claims, each of a customer of its own, and their payments. */
function lives(name: string, count: number): readonly OutgoingRecord[] {
  return Array.from({ length: count }, (_, n) => {
    const ids = { customerId: `${name}-${n}`, claimId: `clm-${name}-${n}` };
    const id = (step: number) => `msg-${name}-${n}-${step}`;
    const events = LIFE.map((definition, step) =>
      world.record(definition as typeof ClaimFiled, { id: id(step), payload: ids }),
    );
    const payment = { ...ids, paymentId: `pay-${name}-${n}` };
    return [...events, world.record(PaymentSettled, { id: id(9), payload: payment })];
  }).flat();
}

describe('the projector', () => {
  it(
    'has every message once, although two projectors read all of it at the same time and ids are repeated',
    async () => {
      const db = world.database(database.url);
      const records = lives('twice', 60);
      const customerId = 'twice-0';
      const command = world.record(FileClaim, { id: 'msg-command', payload: { customerId } });
      const copy = world.record(FileClaim, {
        id: 'msg-forwarded',
        payload: { customerId },
        headers: { [FORWARDED_HEADER]: 'aika.commands/1/7' },
      });
      const foreign = { id: 'msg-foreign', payload: { customerId: 'twice-foreign' } };
      const strays = [0, 3].map((partition) =>
        world.record(RiskAssessmentCompleted, { ...foreign, partition }),
      );
      await world.write(records.slice(0, 200));
      world.projector(database.url);
      world.projector(database.url, { groupId: `${world.namespace}-second` });
      // Without the filings, which would have a claim folded anew from what is known.
      const again = records.slice(0, 100).filter((_, n) => n % 6 !== 0);
      await world.write([...records.slice(200), ...again]);
      await world.write([command, command, copy, ...strays]);

      const tables = ['events', 'claims', 'claim_payments', 'commands', 'customers'] as const;
      await eventually(
        () => countsOf(db, tables),
        (counts) => counts.join() === [361, 60, 60, 1, 1].join(),
      );
      const claims = await db
        .selectFrom('claims')
        .select(['status', 'outcome', 'paid_amount', 'revision'])
        .distinct()
        .execute();
      expect(claims).toEqual([{ status: 'closed', outcome: 'PAID', paid_amount: 35_000, revision: 5 }]);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'does no harm when it goes on after it was frozen',
    async () => {
      const db = world.database(database.url);
      const at = { topic: `${world.namespace}.events`, partition: 2 };
      const frozen = await Standing.load(db, world.log, [at]);
      const before = frozen.of(at)!.next;
      const life = lives('frozen', 1).map((record) => ({ ...record, partition: 2 }));
      await world.write(life);
      await eventually(
        async () => (await Standing.load(db, world.log, [at])).of(at)!.next,
        (next) => next > before + 5,
      );
      const records: LogRecord[] = [];
      const until = (await world.log.offsets(at)).end;
      for await (const batch of world.log.read(at, { from: before, until })) records.push(...batch);
      expect(records.length).toBeGreaterThanOrEqual(6);
      const was = await db.selectFrom('claims').selectAll().orderBy('claim_id').execute();
      const projection = new BatchProjection({ db, reader: world.reader(), logger: silent });
      await expect(projection.project(records, frozen)).rejects.toThrow(PositionConflict);
      expect(await db.selectFrom('claims').selectAll().orderBy('claim_id').execute()).toEqual(was);
    },
    TEST_TIMEOUT_MS,
  );

  it(
    'passes over a record whose values no table takes, and goes on behind it',
    async () => {
      const db = world.database(database.url);
      const said = (sequence: number, text: string) =>
        world.record(ConversationMessageRecorded, {
          id: `msg-said-${sequence}`,
          payload: { conversationId: 'conv-bad', sequence, text },
        });
      await world.write([said(1, 'first'), said(3_000_000_000, 'no integer'), said(2, 'nul\0')]);
      const rows = await eventually(
        () =>
          db
            .selectFrom('conversation_messages')
            .select(['sequence', 'text'])
            .where('conversation_id', '=', 'conv-bad')
            .orderBy('sequence')
            .execute(),
        ({ length }) => length === 2,
      );
      expect(rows).toEqual([
        { sequence: 1, text: 'first' },
        { sequence: 2, text: 'nul\uFFFD' },
      ]);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('the views of operations', () => {
  it(
    'have dead letters with what was done about them, and agents with their parked keys',
    async () => {
      const db = world.database(database.url);
      const dlq = `${world.namespace}.dlq`;
      const letter = (id: string, offset: number): OutgoingRecord => ({
        topic: dlq,
        partition: 1,
        key: 'cust-1',
        value: '{"messageId":"msg-dead","messageType":"FILE_CLAIM"}',
        headers: {
          [DEAD_LETTER_HEADER.id]: id,
          [DEAD_LETTER_HEADER.code]: 'HANDLER_FAILED',
          [DEAD_LETTER_HEADER.causes]: '[{"name":"Error","message":"no table"}]',
          [DEAD_LETTER_HEADER.agent]: 'claims-processing-agent',
          [DEAD_LETTER_HEADER.topic]: `${world.namespace}.commands`,
          [DEAD_LETTER_HEADER.partition]: '1',
          [DEAD_LETTER_HEADER.offset]: String(offset),
          [DEAD_LETTER_HEADER.at]: '2026-03-02T09:00:00Z',
        },
      });
      const resolution = { action: 'drop', by: 'jo', at: '2026-03-02T10:00:00Z', reason: 'a test' };
      const dropped = { ...letter('dlq-1', 4), value: JSON.stringify(resolution) };
      await world.write([
        letter('dlq-1', 4),
        letter('dlq-2', 5),
        { ...dropped, headers: { [LETTER_HEADER.resolves]: 'dlq-1' } },
      ]);
      const card = (instanceId: string, generation: number, value?: null): OutgoingRecord => ({
        topic: `${world.namespace}.agents`,
        partition: 0,
        key: `claims-processing-agent/${instanceId}`,
        value:
          value === null
            ? null
            : JSON.stringify({
                partitions: [0],
                handles: [],
                emits: [],
                generation,
                at: '2026-03-02T09:00:00Z',
              }),
      });
      await world.write([card('one', 1), card('two', 1), card('gone', 1)]);
      await world.write([card('two', 2), card('gone', 1, null)]);

      const letters = await eventually(
        () => db.selectFrom('dead_letters').select(['letter_id', 'status', 'resolved_by', 'code']).execute(),
        (rows) => rows.some(({ status }) => status === 'dropped'),
      );
      expect(letters.sort((a, b) => a.letter_id.localeCompare(b.letter_id))).toEqual([
        { letter_id: 'dlq-1', status: 'dropped', resolved_by: 'jo', code: 'HANDLER_FAILED' },
        { letter_id: 'dlq-2', status: 'open', resolved_by: null, code: 'HANDLER_FAILED' },
      ]);
      const agents = await eventually(
        () => db.selectFrom('agents').select(['instance_id', 'status']).orderBy('instance_id').execute(),
        (rows) => rows.some(({ status }) => status === 'superseded'),
      );
      expect(agents).toEqual([
        { instance_id: 'one', status: 'superseded' },
        { instance_id: 'two', status: 'current' },
      ]);
    },
    TEST_TIMEOUT_MS,
  );
});

const everyView = Object.keys(VIEWS) as ViewName[];
const options = () => ({
  databaseUrl: database.url,
  log: world.log,
  reader: world.reader(),
  logger: silent,
  batchSize: 500,
  signal: new AbortController().signal,
});

describe('a rebuild', () => {
  it(
    'mends what somebody changed, which the check has found, while readers see no gap and the views go on',
    async () => {
      const db = world.database(database.url);
      world.projector(database.url);
      const same = await checkViews(everyView, { ...options(), limit: 5 });
      expect(same.tables.filter(({ differences }) => differences > 0)).toEqual([]);
      expect(same.records).toBeGreaterThan(400);

      const claim_id = 'clm-twice-7';
      await db.updateTable('claims').set({ paid_amount: 1 }).where('claim_id', '=', claim_id).execute();
      await db.deleteFrom('claim_payments').where('claim_id', '=', claim_id).execute();
      const found = await checkViews(['claims'], { ...options(), limit: 5 });
      expect(found.isSame).toBe(false);
      expect(found.tables.flatMap(({ shown }) => shown)).toEqual([
        { table: 'claims', key: claim_id, kind: 'different', columns: ['paid_amount'] },
        { table: 'claim_payments', key: 'pay-twice-7', kind: 'missing', columns: [] },
      ]);

      const seen: number[] = [];
      let isOver = false;
      const reading = (async () => {
        while (!isOver) seen.push((await countsOf(db, ['claims']))[0]!);
      })();
      const writing = world.write(lives('meanwhile', 40));
      const report = await rebuildViews(everyView, options());
      isOver = true;
      await Promise.all([reading, writing]);
      expect(report.views).toEqual(everyView);
      expect(Math.min(...seen)).toBeGreaterThanOrEqual(60);
      await eventually(
        () => countsOf(db, ['claims', 'claim_payments']),
        (counts) => counts.every((count) => count >= 101),
      );
      expect((await checkViews(everyView, { ...options(), limit: 5 })).isSame).toBe(true);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('a rebuild from a log that has dropped its oldest records', () => {
  /** As after the topic's retention: what stands before the twentieth record of each partition is gone. */
  const shortened = (): MessageLog => {
    const offsets: MessageLog['offsets'] = async (at) => {
      const { start, ...ends } = await world.log.offsets(at);
      const isEvents = at.topic === `${world.namespace}.events`;
      return { ...ends, start: isEvents ? Math.min(20, ends.stableEnd) : start };
    };
    return Object.assign(Object.create(world.log) as MessageLog, { offsets });
  };

  it(
    'has the same rows, those of the records that are gone too',
    async () => {
      const db = world.database(database.url);
      const all = { ...options(), log: shortened() };
      const before = await countsOf(db, ['events', 'claims', 'claim_payments', 'customers']);
      expect(
        (await checkViews(everyView, { ...all, limit: 5 })).tables.flatMap(({ shown }) => shown),
      ).toEqual([]);
      const { records: whole } = await checkViews(everyView, { ...options(), limit: 5 });
      expect((await rebuildViews(everyView, all)).records).toBeLessThan(whole);
      expect(await countsOf(db, ['events', 'claims', 'claim_payments', 'customers'])).toEqual(before);
      // By the whole log, which holds them still.
      expect((await checkViews(everyView, { ...options(), limit: 5 })).isSame).toBe(true);
    },
    TEST_TIMEOUT_MS,
  );
});

describe('a log that was made anew', () => {
  it(
    'is refused until the views are rebuilt from it, all of them',
    async () => {
      const own = await createTestDatabase();
      try {
        const db = world.database(own.url);
        await migrateViews(db);
        const at = { topic: `${world.namespace}.events`, partition: 1 };
        await Standing.load(db, world.log, [at]);
        await db.updateTable('positions').set({ topic_id: 'another', next_offset: 3 }).execute();
        await expect(Standing.load(db, world.log, [at])).rejects.toThrow(LogReplaced);
        const report = await rebuildViews(['claims'], {
          databaseUrl: own.url,
          log: world.log,
          reader: world.reader(),
          logger: silent,
          batchSize: 500,
          signal: new AbortController().signal,
        });
        expect(report.views).toEqual(Object.keys(VIEWS));
        const standing = await Standing.load(db, world.log, [at]);
        expect(standing.of(at)?.next).toBeGreaterThan(3);
        expect((await countsOf(db, ['claims']))[0]).toBeGreaterThan(60);
      } finally {
        await own.drop();
      }
    },
    TEST_TIMEOUT_MS,
  );
});

describe('a database that goes away', () => {
  let dataDir: string;
  let server: PostgresHandle;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'aika-views-'));
    server = await startLocalPostgres({ dataDir, port: await freePort(), throwAway: true, lease: 'owner' });
  }, TEST_TIMEOUT_MS);

  afterAll(async () => {
    await stopLocalPostgres(dataDir, { wipe: true });
    rmSync(dataDir, { recursive: true, force: true });
  }, TEST_TIMEOUT_MS);

  it(
    'is waited for, and what was written meanwhile is caught up',
    async () => {
      const own = await ProjectorWorld.create('restart');
      try {
        const db = own.database(server.url);
        await migrateViews(db);
        const record = (n: number) =>
          own.record(ClaimFiled, { payload: { customerId: `c-${n}`, claimId: `clm-${n}` } });
        const records = Array.from({ length: 900 }, (_, n) => record(n));
        const projector = own.projector(server.url, { batchSize: 50 });
        await own.write(records.slice(0, 300));
        await eventually(
          () => countsOf(db, ['claims']),
          ([count]) => count! > 0,
        );
        await Promise.all([server.kill(), own.write(records.slice(300, 600))]);
        await eventually(
          () => projector.status().state,
          (state) => state === 'STARTING',
        );
        await own.write(records.slice(600));
        await server.start();
        await eventually(
          () => countsOf(db, ['claims', 'events']),
          (counts) => counts.join() === '900,900',
        );
        expect(projector.status().state).toBe('RUNNING');
      } finally {
        await own.close();
      }
    },
    TEST_TIMEOUT_MS,
  );
});
