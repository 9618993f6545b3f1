import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConversationMessageRecorded, RegisterCustomer, topicOf } from '@aika/contracts';
import { partitionFor } from '@aika/messaging';
import { editSegments } from '@aika/testing';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AGENT_NAMES } from '../replay/agent-to-replay.js';
import type { ViewsReport } from '../views/views-process.js';
import { ErasureGround, SEGMENT_MS, type Totals } from './erasure-ground.js';
import { reportIn } from './replay-runs.js';
import { aika, type CommandResult } from './run-aika.js';

jest.setTimeout(180_000);

/** A word that stands nowhere else. */
const word = (): string => `word${randomBytes(6).toString('hex')}`;

/** Somebody, by words that must not be seen. */
const somebody = (name: string) => ({
  customerId: `cust-${name}`,
  fullName: `${name} ${word()}`,
  email: `${word()}@example.org`,
  dateOfBirth: '1911-02-03',
  said: `My son ${word()} it.`,
  loss: `It was ${word()}.`,
});
type Person = ReturnType<typeof somebody>;

const ada = somebody('ada');
const grace = somebody('grace');
const answered = `The workshop ${word()}.`;
const misplaced = word();
/** In a command of a program that is not Aika's, which is no command. */
const strange = word();
const secretsOf = ({ customerId: _id, ...words }: Person): readonly string[] => Object.values(words);
const SECRETS = [...new Set([...secretsOf(ada), ...secretsOf(grace), answered, misplaced])];
const PROFILE = `s/${ada.customerId}/customer-profile/${ada.customerId}`;

describe('after an erasure', () => {
  let ground: ErasureGround;
  let openClaim: string;
  let before: { readonly log: Totals; readonly views: Totals };
  /** What the changelog holds of Ada's profile: sealed texts. */
  let profile: readonly string[];

  beforeAll(async () => {
    ground = await ErasureGround.create();
    await ground.writeAsStranger(ada.customerId, `{"fullName": "${strange}`);
    await Promise.all([live(ada), live(grace)]);
    openClaim = await answerAQuestion();
    await writeInTheWrongForm();
    await ground.until('both dead letters', async () => (await ground.records('dlq')).length === 2);
    await ground.call('GET', `/v1/customers/${ada.customerId}/personal-data`);
    profile = await sealedProfile();
    const log = await ground.totalsOnLog();
    await ground.until('the views have it', async () => (await ground.totalsInViews()).paid === log.paid);
    before = { log, views: await ground.totalsInViews() };
    await ground.untilSealed();
    await ground.keys.query('create table backup as table aika_keys.customer_keys');
  });
  afterAll(() => ground.close());

  it('there was something to erase: it was read by who may, and stood nowhere in plain text', async () => {
    const handedOut = JSON.stringify(await ground.exported(ada.customerId));
    for (const secret of [...secretsOf(ada), answered, misplaced, strange]) {
      expect(handedOut).toContain(secret);
    }
    expect(await ground.findTexts([...SECRETS, strange])).toEqual([`commands: ${strange}`]);
    expect(profile).toHaveLength(3);
    expect(await ground.topicsWith(profile)).toContain('state.customer');
    const { policies, premium, paid } = before.log;
    expect({ policies, premium, paid }).toEqual({ ...before.views, reserved: undefined, policies: 2 });
    expect(before.views.reserved).toBeGreaterThan(0);
    expect(paid).toBeGreaterThan(0);
  });

  it('nobody reads what was personal of them, and everybody else as before', async () => {
    const erased = await ground.done('POST', `/v1/customers/${ada.customerId}/erasure`, {});
    expect(erased).toMatchObject({ customerId: ada.customerId });
    const left = await ground.exported(ada.customerId);
    const text = JSON.stringify(left);
    for (const secret of [...secretsOf(ada), answered, misplaced]) expect(text).not.toContain(secret);
    expect(text).toContain('[erased:');
    expect(left.state.map(({ key }) => key)).not.toContain(PROFILE);
    const other = JSON.stringify(await ground.exported(grace.customerId));
    for (const secret of secretsOf(grace)) expect(other).toContain(secret);
    // What is written now begins a new segment of the changelog, so that the one before it can be cleaned.
    await sleep(2 * SEGMENT_MS);
    await saySomething(ada, '[erased]');
  });

  it('every sum is what it was, by the log and by the views, which are still the fold of the log', async () => {
    expect(await ground.totalsOnLog()).toEqual(before.log);
    expect(await ground.totalsInViews()).toEqual(before.views);
    // One penny more in each of the two claims: that the check tells, and nothing else.
    await ground.views.query(
      `update aika_views.claims set paid_amount = paid_amount + 1 where customer_id = '${ada.customerId}'`,
    );
    const { code, out } = await aika(ground.world, ['views', 'check', '--json']);
    const { tables = [] } = JSON.parse(out) as ViewsReport;
    expect([code, tables.map(({ table }) => table)]).toEqual([1, expect.arrayContaining(['policies'])]);
    expect(tables.filter(({ differences }) => differences > 0)).toMatchObject([
      { table: 'claims', differences: 2 },
    ]);
    expect(await ground.totalsInViews()).toEqual({ ...before.views, paid: before.views.paid + 2 });
    const rebuilt = await aika(ground.world, ['rebuild', '--json']);
    expect(rebuilt).toMatchObject({ code: 0, err: '' });
    expect(await ground.totalsInViews()).toEqual(before.views);
  });

  it('the seals of the audit trail verify, with the reading and the erasure in it', async () => {
    await ground.untilSealed();
    const verified = await aika(ground.world, ['audit', 'verify']);
    expect(verified).toMatchObject({ code: 0, err: '' });
    expect(verified.out).toContain('The trail is as it was sealed');
    const flags = ['--customer', ada.customerId, '--json', '--limit', '1000'];
    const { out } = await aika(ground.world, ['audit', 'search', ...flags]);
    expect(out).toContain('"kind":"reading"');
    expect(out).toContain('"PERSONAL_DATA_ERASED"');
  });

  it('every agent replays its history with the same outcome', async () => {
    const results: CommandResult[] = await Promise.all(
      AGENT_NAMES.map((agent) => aika(ground.world, ['replay', agent, '--json'])),
    );
    const reports = results.map(reportIn);
    expect(reports.flatMap(({ differences }) => differences)).toEqual([]);
    expect(results.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    for (const { compared } of reports) expect(compared.outputs.same).toBeGreaterThan(1);
  });

  it('the brokers clean the sealed profile out of the changelog, and nothing stands in plain text', async () => {
    await ground.until('no broker has the profile in a changelog', async () => {
      const topics = await ground.topicsWith(profile);
      return topics.every((topic) => !topic.startsWith('state.'));
    });
    const newest = (await ground.records('state.customer')).findLast(({ key }) => String(key) === PROFILE);
    expect(newest?.value ?? null).toBeNull();
    expect(await ground.findTexts([...SECRETS, strange])).toEqual([`commands: ${strange}`]);
  });

  it('agents that start anew go on: for others, and for whoever was erased', async () => {
    const { fleet } = ground.world;
    for (const app of ['customer-agent', 'claims-agent'] as const) {
      await fleet.agents.get(app)?.killed();
      fleet.startAgent(app, 0);
    }
    await Promise.all(['customer-agent', 'claims-agent'].map((name) => fleet.untilReady(name)));
    const phone = word();
    const body = { email: grace.email, phone };
    const updated = await ground.done('PATCH', `/v1/customers/${grace.customerId}`, body);
    expect(updated).toMatchObject({ customerId: grace.customerId, changedFields: ['phone'] });
    await saySomething(grace, grace.said);
    await saySomething(ada, '[erased]');
    const back = await ground.call('PATCH', `/v1/customers/${ada.customerId}`, { fullName: ada.fullName });
    expect([back.status, back.body]).toMatchObject([409, { code: 'customer_erased' }]);
    const decision = { customerId: ada.customerId, decision: 'APPROVE', reason: 'It is clear.' };
    const { payable } = await ground.done('POST', `/v1/approvals/${openClaim}/decision`, decision);
    await untilPaid(openClaim);
    const { amount } = payable as { readonly amount: number };
    expect((await ground.totalsOnLog()).paid).toBe(before.log.paid + amount);
    expect((await ground.totalsInViews()).paid).toBe(before.views.paid + amount);
    expect(await ground.findTexts([...SECRETS, phone, strange])).toEqual([`commands: ${strange}`]);
  });

  it('keys from a backup of before bring it back, until it is erased again', async () => {
    await ground.edge.stop();
    await ground.world.fleet.stop();
    await ground.keys.query(
      'truncate aika_keys.customer_keys; insert into aika_keys.customer_keys table backup',
    );
    expect(JSON.stringify(await ground.exported(ada.customerId))).toContain(ada.said);
    const again = await aika(ground.world, ['person', 'erase-again']);
    expect(again).toMatchObject({ code: 0, err: '' });
    expect(again.out).toContain('1 customers were erased by the log; 1 had a key again.');
    const text = JSON.stringify(await ground.exported(ada.customerId));
    for (const secret of [...secretsOf(ada), answered, misplaced]) expect(text).not.toContain(secret);
    expect(JSON.stringify(await ground.exported(grace.customerId))).toContain(grace.said);
  });

  it('the same verification tells when somebody takes the erasure out of the trail', async () => {
    await ground.untilSealed();
    const { namespace } = ground.world;
    const topic = topicOf(namespace, 'audit');
    const partition = partitionFor(ada.customerId, await ground.world.log.partitionCount(topic));
    const [from, to] = ['"action":"PERSONAL_DATA_ERASED"', '"action":"PERSONAL_DATA_STORED"'];
    const stateFile = String(process.env['AIKA_TEST_CLUSTER_STATE']);
    expect(editSegments(stateFile, `${topic}-${partition}`, from, to)).toBe(3);
    const told = await aika(ground.world, ['audit', 'verify', '--partition', String(partition)]);
    expect(told.code).toBe(1);
    expect(told.out).toContain('CHANGED');
  });

  /** Registers, insures a car, is paid for a claim, and writes a line. */
  async function live({ said, loss, ...person }: Person): Promise<void> {
    const { customerId } = person;
    await ground.done('POST', '/v1/customers', person);
    const quote = await ground.done('POST', '/v1/quotes', {
      customerId,
      product: 'MOTOR',
      motor: { district: 1, engine: '<1l', driverAge: 45 },
      effectiveFrom: ground.world.daysAgo(120),
      bookTransfer: true,
    });
    const path = `/v1/quotes/${String(quote['quoteId'])}/acceptance`;
    const { policyId } = await ground.done('POST', path, { customerId });
    policies.set(customerId, String(policyId));
    const claimId = await file(customerId, { cause: 'HAIL', amount: 60_000, days: 9, description: loss });
    await untilPaid(claimId);
    await saySomething({ customerId }, said);
  }

  /** A claim that a person has asked about, with the answer; it waits for their decision. */
  async function answerAQuestion(): Promise<string> {
    const { customerId } = ada;
    const claimId = await file(customerId, { cause: 'COLLISION', amount: 1_840_000, days: 3 });
    const question = { customerId, decision: 'ASK', question: 'What was done?', reason: 'It is not clear.' };
    await ground.until('a person is asked', async () => {
      const { status } = await ground.call('GET', `/v1/approvals/${claimId}`);
      return status === 200;
    });
    await ground.done('POST', `/v1/approvals/${claimId}/decision`, question);
    await ground.done('POST', `/v1/claims/${claimId}/answers`, {
      customerId,
      from: 'CUSTOMER',
      text: answered,
    });
    return claimId;
  }

  async function file(
    customerId: string,
    loss: {
      readonly cause: string;
      readonly amount: number;
      readonly days: number;
      readonly description?: string;
    },
  ): Promise<string> {
    const { cause, amount, days, description } = loss;
    const { claimId } = await ground.done('POST', '/v1/claims', {
      customerId,
      policyId: policies.get(customerId),
      lossAt: ground.world.daysAgo(days),
      cause,
      estimatedLoss: { amount, currency: 'GBP' },
      ...(description === undefined ? {} : { description }),
    });
    return String(claimId);
  }

  async function untilPaid(claimId: string): Promise<void> {
    await ground.until(`${claimId} is paid`, async () => {
      const { body } = await ground.call('GET', `/v1/claims/${claimId}`);
      return ((body['paid'] as { amount: number } | undefined)?.amount ?? 0) > 0;
    });
  }

  /** A line of a conversation. @param kept as it is told to who asks for it */
  async function saySomething({ customerId }: Pick<Person, 'customerId'>, kept: string): Promise<void> {
    const text = kept.startsWith('[') ? ada.said : kept;
    const path = `/v1/conversations/conv-${customerId}/messages`;
    const recorded = await ground.done('POST', path, { customerId, text });
    expect([ConversationMessageRecorded.type, recorded['text']]).toEqual([
      ConversationMessageRecorded.type,
      kept,
    ]);
  }

  /** A registration whose name is an object: no contract knows it, and it becomes a dead letter. */
  async function writeInTheWrongForm(): Promise<void> {
    const { log, namespace } = ground.world;
    const { customerId } = ada;
    const message = {
      messageType: RegisterCustomer.type,
      payload: { customerId, fullName: { last: misplaced } },
    };
    const topic = topicOf(namespace, 'commands');
    const partition = partitionFor(customerId, await log.partitionCount(topic));
    const writer = await log.createWriter();
    await writer.send([{ topic, partition, key: customerId, value: JSON.stringify(message) }]);
    await writer.close();
  }

  async function sealedProfile(): Promise<readonly string[]> {
    const entry = (await ground.records('state.customer')).findLast(({ key }) => String(key) === PROFILE);
    return entry?.value?.toString().match(/aika-sealed\.[\w.-]+/g) ?? [];
  }
});

/** Policies of people. */
const policies = new Map<string, string>();
