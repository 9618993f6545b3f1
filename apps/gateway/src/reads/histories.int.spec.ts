import {
  ClaimFiled,
  CommandRejected,
  CoverageVerified,
  CustomerAssessmentRequest,
  FileClaim,
  type MessageDefinition,
  type Metadata,
  NotificationClosed,
  NotificationRequested,
  PolicyBound,
  PolicyCancelled,
  PolicyEndorsed,
  QuoteIssued,
  RiskAssessmentCompleted,
  WithdrawClaim,
} from '@aika/contracts';
import { createTestDatabase, type TestDatabase } from '@aika/testing';
import {
  applyBatch,
  commandOf,
  eventOf,
  type LoggedMessage,
  migrateViews,
  openViews,
  type ViewsDatabase,
} from '@aika/views';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TestGateway } from '../testing/gateway.fixtures.js';

jest.setTimeout(60_000);

let postgres: TestDatabase;
let db: ViewsDatabase;
let gateway: TestGateway;

beforeAll(async () => {
  postgres = await createTestDatabase();
  db = openViews(postgres.url);
  await migrateViews(db);
  const env = { DATABASE_URL: postgres.url, AIKA_MAX_WAIT_MS: '300' };
  gateway = await TestGateway.start({ env, isWithDatabase: true });
});

afterAll(async () => {
  await gateway.close();
  await db.destroy();
  await postgres.drop();
});

interface Told<P extends object> {
  readonly n: number;
  readonly payload?: Partial<P>;
  readonly metadata?: Metadata;
  readonly topic?: string;
}

/** The n-th message of a topic, a second after the one before. */
function message<P extends object>(
  definition: MessageDefinition<string, P>,
  { n, payload, metadata = {}, topic = 'gw.events' }: Told<P>,
): LoggedMessage {
  const recordedMs = Date.UTC(2026, 5, 15, 8, 0, n);
  return {
    envelope: {
      messageId: `msg-${topic}-${n}`,
      timestamp: new Date(recordedMs).toISOString(),
      sourceAgentId: definition.owner,
      targetAgentId: null,
      messageType: definition.type,
      priority: 'NORMAL',
      schemaVersion: definition.version,
      payload: { ...definition.example, ...payload } as Record<string, unknown>,
      metadata,
    },
    definition,
    topic,
    partition: 0,
    offset: n,
    recordedMs,
    latestMs: recordedMs,
  };
}

async function project(events: readonly LoggedMessage[], commands: readonly LoggedMessage[] = []) {
  const rows = commands.map(commandOf);
  await applyBatch(db, { moves: [], events: events.map(eventOf), commands: rows, letters: [], cards: [] });
}

const COMMANDS = 'gw.commands';
const caused = (command: string) => ({ correlationId: command, causationId: command, requestId: command });

describe('what became of a command', () => {
  const status = async (messageId: string) => (await gateway.call('GET', `/v1/commands/${messageId}`)).body;

  it('is that it was accepted, then its outcome with everything that followed', async () => {
    const id = `msg-${COMMANDS}-1`;
    expect((await gateway.call('GET', `/v1/commands/${id}`)).status).toBe(404);
    await project([], [message(FileClaim, { n: 1, topic: COMMANDS })]);
    expect(await status(id)).toMatchObject({ messageType: 'FILE_CLAIM', status: 'accepted', events: [] });
    await project([
      message(ClaimFiled, { n: 1, metadata: caused(id) }),
      message(CoverageVerified, { n: 2, metadata: { correlationId: id, causationId: 'msg-else' } }),
    ]);
    expect(await status(id)).toMatchObject({
      status: 'handled',
      outcome: { type: 'CLAIM_FILED' },
      events: [{ type: 'CLAIM_FILED' }, { type: 'COVERAGE_VERIFIED' }],
    });
    const { headers } = await gateway.call('GET', `/v1/commands/${id}`);
    const etag = headers.get('etag') ?? '';
    const same = await gateway.call('GET', `/v1/commands/${id}`, { headers: { 'if-none-match': etag } });
    expect(same.status).toBe(304);
  });

  it('is its refusal, and not that of another command of the same workflow', async () => {
    const [refused, other] = [`msg-${COMMANDS}-2`, `msg-${COMMANDS}-3`];
    const commands = [2, 3].map((n) =>
      message(WithdrawClaim, { n, topic: COMMANDS, metadata: { correlationId: 'w' } }),
    );
    const refusal = { commandId: refused, code: 'claim_closed', detail: 'The claim is closed.' };
    await project(
      [
        message(CommandRejected, {
          n: 3,
          payload: refusal,
          metadata: { ...caused(refused), correlationId: 'w' },
        }),
      ],
      commands,
    );
    expect(await status(refused)).toMatchObject({
      status: 'refused',
      refusal: { code: 'claim_closed', detail: 'The claim is closed.' },
    });
    expect(await status(other)).toMatchObject({ status: 'accepted', events: [] });
  });

  it('is that it lies with the dead letters', async () => {
    const id = `msg-${COMMANDS}-4`;
    const letter = { letter_id: 'dlq-4', code: 'HANDLER_FAILED', message_id: id, causes: [], agent_id: 'a' };
    const places = { origin_topic: 't', origin_partition: 0, origin_offset: 0, letter_topic: 't' };
    await project([], [message(FileClaim, { n: 4, topic: COMMANDS })]);
    await applyBatch(db, {
      ...{ moves: [], events: [], commands: [], cards: [] },
      letters: [
        {
          kind: 'letter',
          row: {
            ...letter,
            ...places,
            ...{ message_type: null, customer_id: null, attempts: 1, redrive_of: null, bytes: 1 },
            ...{ died_at: '2026-06-15T08:00:00Z', recorded_at: '2026-06-15T08:00:00Z' },
            ...{ letter_partition: 0, letter_offset: 0 },
          },
        },
      ],
    });
    expect(await status(id)).toMatchObject({ status: 'failed', deadLetterId: 'dlq-4' });
  });

  it('is waited for at the position that the answer to the command links to', async () => {
    const sent = await gateway.call('POST', '/v1/claims', { body: FileClaim.example });
    const { links } = sent.body as { links: { status: string } };
    expect(sent.headers.get('link')).toContain(`<${links.status}>; rel="status"`);
    expect((await gateway.call('GET', links.status)).status).toBe(503);
    const [, token = ''] = /position=(.+)$/.exec(links.status) ?? [];
    const [topic = '', partition, offset] = Buffer.from(token, 'base64url').toString().split(':');
    const position = { topic, partition: Number(partition), next_offset: Number(offset) + 1 };
    await db
      .insertInto('positions')
      .values({ ...position, latest_ms: 0, topic_id: null })
      .execute();
    expect((await gateway.call('GET', '/v1/commands/msg-1?position=abc')).body).toMatchObject({
      violations: [{ path: '?position' }],
    });
    // The projector has read past it, and there is no such command in the views: so there never will be.
    expect((await gateway.call('GET', links.status)).status).toBe(404);
  });
});

describe('the papers of a claim', () => {
  const claimId = 'clm-papers';
  const customerId = 'cust-papers';
  const of = { claimId, customerId };
  const path = `/v1/claims/${claimId}/papers`;

  beforeAll(async () => {
    const filed = message(ClaimFiled, { n: 20, payload: of });
    const told = { customerId, notificationId: 'ntf-papers', causedBy: filed.envelope.messageId };
    const notices = 'gw.notifications';
    await project([
      filed,
      message(CoverageVerified, { n: 21, payload: of }),
      message(NotificationRequested, { n: 22, payload: told, topic: notices }),
      message(NotificationRequested, {
        n: 23,
        payload: { customerId, notificationId: 'ntf-other', causedBy: 'msg-of-another-claim' },
        topic: notices,
      }),
      message(CommandRejected, { n: 24, payload: { customerId, entityId: claimId, code: 'above_payable' } }),
      message(NotificationClosed, {
        n: 25,
        payload: { customerId, notificationId: 'ntf-papers' },
        topic: notices,
      }),
      message(CommandRejected, { n: 26, payload: { customerId, entityId: 'clm-other' } }),
    ]);
  });

  it('are all that was said and told about it, in order, and nothing else', async () => {
    const { body } = await gateway.call('GET', path);
    expect(body?.['papers']).toMatchObject([
      { kind: 'notice', amount: { amount: 50_000, currency: 'GBP' }, reasons: [] },
      { kind: 'cover', covered: CoverageVerified.example.covered },
      { kind: 'notification', type: 'NOTIFICATION_REQUESTED' },
      { kind: 'refusal', reasons: [{ code: 'above_payable' }] },
      { kind: 'notification', reasons: [{ code: 'no_address' }] },
    ]);
    expect(body?.['papers']).toHaveLength(5);
  });

  it('are those of a time when one is asked for', async () => {
    const then = await gateway.call('GET', `${path}?asOf=2026-06-15T08:00:21Z`);
    expect(then.body).toMatchObject({ papers: [{ kind: 'notice' }, { kind: 'cover' }] });
    expect(then.body?.['papers']).toHaveLength(2);
    expect((await gateway.call('GET', `${path}?asOf=2026-01-01T00:00:00Z`)).status).toBe(404);
    expect((await gateway.call('GET', '/v1/claims/clm-none/papers')).status).toBe(404);
  });
});

describe('the history of a policy', () => {
  const policyId = 'pol-history';
  const path = `/v1/policies/${policyId}/history`;

  it('is what was agreed by a time, with the version that held then', async () => {
    const { effectiveFrom, effectiveTo } = PolicyBound.example;
    await project([
      message(PolicyBound, { n: 30, payload: { policyId } }),
      message(PolicyEndorsed, {
        n: 31,
        payload: { policyId, version: 2, effectiveAt: '2026-06-15T08:00:31Z' },
      }),
      message(ClaimFiled, { n: 32, payload: { policyId, claimId: 'clm-of-history' } }),
      message(PolicyCancelled, { n: 33, payload: { policyId, effectiveAt: '2026-06-15T08:00:33Z' } }),
    ]);
    expect([effectiveFrom < '2026-06-15', effectiveTo > '2026-06-16']).toEqual([true, true]);
    const at = async (asOf: string) => (await gateway.call('GET', `${path}?asOf=${asOf}`)).body;
    expect(await at('2026-06-15T08:00:30Z')).toMatchObject({
      status: 'bound',
      versionInForce: 1,
      versions: [{ version: 1, change: 'bound' }],
    });
    expect(await at('2026-06-15T08:00:32Z')).toMatchObject({
      versionInForce: 2,
      versions: [{ version: 1 }, { version: 2, change: 'endorsed' }],
      events: [{ type: 'POLICY_BOUND' }, { type: 'POLICY_ENDORSED' }, { type: 'CLAIM_FILED' }],
    });
    const ended = await at('2026-06-15T09:00:00Z');
    expect(ended).toMatchObject({ status: 'cancelled' });
    expect(ended).not.toHaveProperty('versionInForce');
    expect((await gateway.call('GET', `${path}?asOf=2026-01-01T00:00:00Z`)).status).toBe(404);
  });
});

describe('an assessment', () => {
  it('is where the answer to its command says that it will be', async () => {
    const sent = await gateway.call('POST', '/v1/assessments', {
      body: { customerId: 'cust-asm', purpose: 'REVIEW' },
    });
    const location = sent.headers.get('location') ?? '';
    const assessmentId = location.replace('/v1/assessments/', '');
    const payload = { customerId: 'cust-asm', assessmentId, purpose: 'REVIEW' } as const;
    await project([message(RiskAssessmentCompleted, { n: 40, payload })]);
    expect((await gateway.call('GET', location)).body).toMatchObject({
      assessmentId,
      customerId: 'cust-asm',
      riskScore: 37.5,
      riskFactors: ['occupation_high_risk', 'previous_claims'],
    });
  });

  it('for a quote is no outcome of its command before the quote', async () => {
    const id = `msg-${COMMANDS}-50`;
    await project(
      [message(RiskAssessmentCompleted, { n: 50, metadata: caused(id) })],
      [message(CustomerAssessmentRequest, { n: 50, topic: COMMANDS })],
    );
    const before = await gateway.call('GET', `/v1/commands/${id}`);
    expect(before.body).toMatchObject({ status: 'accepted' });
    await project([message(QuoteIssued, { n: 51, metadata: caused(id) })]);
    const after = await gateway.call('GET', `/v1/commands/${id}`);
    expect(after.body).toMatchObject({ status: 'handled', outcome: { type: 'QUOTE_ISSUED' } });
  });
});
