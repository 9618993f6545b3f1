import {
  AcceptQuote,
  catalogue,
  ClaimFiled,
  CommandRejected,
  CustomerAssessmentRequest,
  type Envelope,
  FileClaim,
  QuoteIssued,
} from '@aika/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readPositionToken } from '../http/position-token.js';
import { TestGateway } from '../testing/gateway.fixtures.js';
import { EDGE_COMMANDS } from './command-catalogue.js';

const { claimId: _, ...notice } = FileClaim.example;
const newKey = () => ({ 'idempotency-key': crypto.randomUUID() });

describe('commands over HTTP', () => {
  let gateway: TestGateway;
  const stops: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    gateway = await TestGateway.start();
    stops.push(
      await gateway.answering(FileClaim, ({ messageId, payload }) => {
        if (payload['reporter'] === 'nobody answers') return undefined;
        if (payload['reporter'] === 'refused') return refusalOf(messageId, 'duplicate_claim');
        return { event: ClaimFiled, payload: { ...ClaimFiled.example, customerId: payload['customerId'] } };
      }),
      await gateway.answering(AcceptQuote, ({ messageId }) => refusalOf(messageId, 'quote_not_found')),
      await gateway.answering(CustomerAssessmentRequest, () => ({
        event: QuoteIssued,
        payload: QuoteIssued.example,
      })),
    );
  });
  afterAll(async () => {
    await Promise.all(stops.map((stop) => stop()));
    await gateway.close();
  });

  const commandOf = async (messageId: unknown): Promise<Envelope | undefined> =>
    (await gateway.messages('commands')).find((message) => message.messageId === messageId);

  it.each(Object.entries(EDGE_COMMANDS))(
    '%s has a route that the document names',
    async (name, { command }) => {
      const { body } = await gateway.call('GET', '/openapi.json');
      const paths = Object.values(body?.['paths'] as Record<string, Record<string, { operationId: string }>>);
      const operations = paths.flatMap((path) => Object.values(path));
      expect(operations.map(({ operationId }) => operationId)).toContain(name);
      expect(catalogue.get(command.type)).toBe(command);
    },
  );

  it('has a route for every command that people and systems send', () => {
    const served = new Set(Object.values(EDGE_COMMANDS).map(({ command }) => command.type as string));
    const sent = catalogue.commands().filter(({ topic, owner }) => topic === 'commands' && owner !== 'any');
    expect(sent.map(({ type }) => type).filter((type) => !served.has(type))).toEqual([]);
  });

  it.each(routesOf())(
    '%s %s sends its command, and refuses one that breaks the contract',
    async (method, path, name) => {
      const { command } = EDGE_COMMANDS[name];
      const sent = await gateway.call(method, path, { body: bodyOf(name) });
      expect([path, sent.status, sent.text]).toEqual([path, 202, sent.text]);
      const { messageId, messageType, links } = sent.body as {
        messageId: string;
        messageType: string;
        links: { resource: string };
      };
      expect(messageType).toBe(command.type);
      expect(sent.headers.get('location')).toBe(links.resource);
      expect((await commandOf(messageId))?.payload).toMatchObject(command.example);
      const broken = await gateway.call(method, path, { body: { ...bodyOf(name), customerId: '' } });
      expect(broken.status).toBe(400);
      const paths = (broken.body?.['violations'] as { path: string }[]).map((each) => each.path);
      expect(new Set(paths)).toEqual(new Set(['/customerId']));
    },
  );

  it('links to what became of the command, and says where it stands on the log', async () => {
    const sent = await gateway.call('POST', '/v1/claims', { body: notice });
    const { messageId, links } = sent.body as {
      messageId: string;
      links: { status: string; stream: string };
    };
    const token = sent.headers.get('aika-position') ?? '';
    expect(links.status).toBe(`/v1/commands/${messageId}?position=${token}`);
    expect(sent.headers.get('link')).toBe(
      `<${links.stream}>; rel="monitor", <${links.status}>; rel="status"`,
    );
    const at = readPositionToken(token);
    expect(at).toMatchObject({ topic: 'gw.commands' });
    const log = gateway.broker.connect('test');
    const range = { from: at!.offset, until: at!.offset + 1 };
    for await (const [record] of log.read(at!, range)) {
      expect(String(record?.value)).toContain(messageId);
    }
    await log.close();
  });

  it('takes the names, times and defaults that the contract takes', async () => {
    const body = {
      customer_id: 'cust-7',
      policy_id: 'pol-1',
      loss_at: '2026-06-14T19:20:00+02:00',
      cause: 'HAIL',
      estimated_loss: { amount: 5, currency: 'GBP' },
    };
    const { status, body: accepted } = await gateway.call('POST', '/v1/claims', { body });
    expect(status).toBe(202);
    expect((await commandOf(accepted?.['messageId']))?.payload).toMatchObject({
      customerId: 'cust-7',
      lossAt: '2026-06-14T17:20:00Z',
      reporter: 'policyholder',
    });
  });

  it('names every violation of address and body', async () => {
    const body = {
      customerId: 'cust-1',
      policyId: 'pol-2',
      effectiveAt: 'soon',
      cover: { perils: ['METEOR'] },
    };
    const answer = await gateway.call('POST', '/v1/policies/pol-1/endorsements', { body });
    expect(answer.status).toBe(400);
    const violations = answer.body?.['violations'] as { path: string }[];
    expect(violations.map(({ path }) => path)).toEqual(['/policyId', '/effectiveAt', '/cover/perils/0']);
  });

  it('carries trace and conversation into the message', async () => {
    const headers = {
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      'aika-conversation': 'conv-9',
      'aika-priority': 'HIGH',
    };
    const { body } = await gateway.call('POST', '/v1/claims', { body: notice, headers });
    const [message] = (await gateway.messages('commands.high')).filter(
      ({ messageId }) => messageId === body?.['messageId'],
    );
    expect(message).toMatchObject({
      priority: 'HIGH',
      sourceAgentId: 'gateway',
      metadata: {
        conversationId: 'conv-9',
        traceId: 'a'.repeat(32),
        traceparent: expect.stringContaining('a'.repeat(32)),
      },
    });
  });

  describe('with Prefer: wait', () => {
    const prefer = { prefer: 'respond-async, wait=5' };

    it('answers with the outcome and its position', async () => {
      const answer = await gateway.call('POST', '/v1/claims', { body: notice, headers: prefer });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('preference-applied')).toBe('wait=5');
      expect(answer.body).toMatchObject({
        messageType: 'FILE_CLAIM',
        outcome: { messageType: 'CLAIM_FILED' },
      });
      const position = readPositionToken(answer.headers.get('aika-position') ?? '');
      expect(position).toMatchObject({ topic: 'gw.events', offset: expect.any(Number) });
    });

    it('answers with an outcome that another agent than the asked one gives', async () => {
      const { customerId, motor } = CustomerAssessmentRequest.example;
      const answer = await gateway.call('POST', '/v1/quotes', {
        body: { customerId, motor },
        headers: prefer,
      });
      expect(answer.body).toMatchObject({ outcome: { messageType: 'QUOTE_ISSUED' } });
    });

    it('answers a refusal with its code: 404 where something is not there, else 409', async () => {
      const refused = await gateway.call('POST', '/v1/claims', {
        body: { ...notice, reporter: 'refused' },
        headers: prefer,
      });
      expect(refused.status).toBe(409);
      expect(refused.body).toMatchObject({
        type: 'urn:aika:problem:command-rejected',
        code: 'duplicate_claim',
        messageId: expect.any(String),
        traceId: expect.any(String),
      });
      const body = { customerId: 'cust-1001' };
      const missing = await gateway.call('POST', '/v1/quotes/quo-3001/acceptance', { body, headers: prefer });
      expect(missing.status).toBe(404);
      expect(missing.body).toMatchObject({ code: 'quote_not_found' });
    });

    it('answers 202 when the outcome takes longer', async () => {
      const body = { ...notice, reporter: 'nobody answers' };
      const answer = await gateway.call('POST', '/v1/claims', { body, headers: { prefer: 'wait=1' } });
      expect(answer.status).toBe(202);
      expect(answer.headers.get('preference-applied')).toBe('wait=1');
    });
  });

  describe('with an Idempotency-Key', () => {
    it('sends the same message for a repeat, and answers as before', async () => {
      const headers = newKey();
      const first = await gateway.call('POST', '/v1/claims', { body: notice, headers });
      const again = await gateway.call('POST', '/v1/claims', { body: { ...notice }, headers });
      expect(again.status).toBe(202);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('idempotency-replayed')).toBe('true');
      const sent = (await gateway.messages('commands')).filter(
        ({ messageId }) => messageId === first.body?.['messageId'],
      );
      expect(sent).toHaveLength(1);
    });

    it('repeats the outcome, and a refusal, without asking again', async () => {
      for (const reporter of ['policyholder', 'refused']) {
        const headers = { ...newKey(), prefer: 'wait=5' };
        const first = await gateway.call('POST', '/v1/claims', { body: { ...notice, reporter }, headers });
        const again = await gateway.call('POST', '/v1/claims', { body: { ...notice, reporter }, headers });
        expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([first.status, 'true']);
        expect({ ...again.body, traceId: 0 }).toEqual({ ...first.body, traceId: 0 });
      }
    });

    it('refuses the key of another request: other body, other address, other priority', async () => {
      const headers = newKey();
      await gateway.call('POST', '/v1/claims', { body: notice, headers });
      const others = [
        gateway.call('POST', '/v1/claims', { body: { ...notice, cause: 'FIRE' }, headers }),
        gateway.call('POST', '/v1/claims', {
          body: notice,
          headers: { ...headers, 'aika-priority': 'HIGH' },
        }),
        gateway.call('POST', '/v1/claims/clm-1/withdrawal', {
          body: { customerId: 'cust-1001', reason: 'x' },
          headers,
        }),
      ];
      for (const answer of await Promise.all(others)) {
        expect(answer.status).toBe(422);
        expect(answer.body).toMatchObject({ type: 'urn:aika:problem:idempotency-key-reused' });
      }
    });

    it('answers repeats that come at once alike, and sends one message', async () => {
      const headers = { ...newKey(), prefer: 'wait=5' };
      const ask = () => gateway.call('POST', '/v1/claims', { body: notice, headers });
      const answers = await Promise.all(Array.from({ length: 5 }, ask));
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      const { messageId } = answers[0]?.body as { messageId: string };
      const sent = (await gateway.messages('commands')).filter((message) => message.messageId === messageId);
      expect(sent).toHaveLength(1);
    });

    it('makes the same message where nothing is remembered of the first', async () => {
      const headers = newKey();
      const first = await gateway.call('POST', '/v1/claims', { body: notice, headers });
      const other = await TestGateway.start();
      const again = await other.call('POST', '/v1/claims', { body: notice, headers });
      expect(again.body?.['messageId']).toBe(first.body?.['messageId']);
      await other.close();
    });

    it('refuses a key that is none', async () => {
      const answer = await gateway.call('POST', '/v1/claims', {
        body: notice,
        headers: { 'idempotency-key': 'a b' },
      });
      expect(answer.body).toMatchObject({ violations: [{ path: 'header idempotency-key' }] });
    });
  });
});

function refusalOf(commandId: string, code: string) {
  return { event: CommandRejected, payload: { ...CommandRejected.example, commandId, code } };
}

type Name = keyof typeof EDGE_COMMANDS;

function routesOf(): (readonly [string, string, Name])[] {
  return [
    ['POST', '/v1/customers', 'registerCustomer'],
    ['PATCH', '/v1/customers/cust-1001', 'updateProfile'],
    ['PUT', '/v1/customers/cust-1001/consents/MARKETING', 'setConsent'],
    ['PUT', '/v1/customers/cust-1001/preferences', 'setPreferences'],
    ['POST', '/v1/assessments', 'assessCustomer'],
    ['POST', '/v1/quotes', 'requestQuote'],
    ['POST', '/v1/quotes/quo-3001/acceptance', 'acceptQuote'],
    ['POST', '/v1/policies/pol-4001/endorsements', 'endorsePolicy'],
    ['POST', '/v1/policies/pol-4001/renewals', 'renewPolicy'],
    ['POST', '/v1/policies/pol-4001/cancellation', 'cancelPolicy'],
    ['POST', '/v1/policies/pol-4001/lapse', 'lapsePolicy'],
    ['POST', '/v1/policies/pol-4001/reinstatement', 'reinstatePolicy'],
    ['POST', '/v1/policies/pol-4001/coverage-questions', 'askCoverage'],
    ['POST', '/v1/claims', 'fileClaim'],
    ['POST', '/v1/claims/clm-5001/withdrawal', 'withdrawClaim'],
    ['POST', '/v1/claims/clm-5001/reopening', 'reopenClaim'],
    ['POST', '/v1/claims/clm-5001/answers', 'answerClaimQuestion'],
    ['POST', '/v1/conversations/conv-1001-1/messages', 'sendMessage'],
    ['POST', '/v1/conversations/conv-1001-1/closing', 'closeConversation'],
    ['POST', '/v1/approvals/clm-5001/decision', 'decideClaim'],
  ];
}

function bodyOf(name: Name): object {
  return EDGE_COMMANDS[name].command.example;
}
