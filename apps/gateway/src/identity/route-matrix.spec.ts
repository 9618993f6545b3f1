import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { OpenAPIObject } from '@nestjs/swagger';
import { type Answer, TestGateway } from '../testing/gateway.fixtures.js';
import { TestIdentity } from './testing/identity.fixtures.js';

/**
 * Who may use which route, written down a second time and independent of the rules: C customer (own), O operator,
 * A adjuster, M manager, U auditor. A new route has to be added here, or the test fails.
 */
const MAY: Readonly<Record<string, string>> = {
  registerCustomer: 'C A M',
  listCustomers: 'A M U',
  getCustomer: 'C A M U',
  updateProfile: 'C A M',
  exportPersonalData: 'M',
  erasePersonalData: 'M',
  setConsent: 'C A M',
  setPreferences: 'C A M',
  assessCustomer: 'A M',
  listAssessments: 'A M U',
  getAssessment: 'A M U',
  requestQuote: 'C A M',
  listQuotes: 'C A M U',
  getQuote: 'C A M U',
  acceptQuote: 'C A M',
  listPolicies: 'C A M U',
  getPolicy: 'C A M U',
  getPolicyHistory: 'C A M U',
  endorsePolicy: 'C A M',
  renewPolicy: 'C A M',
  cancelPolicy: 'C A M',
  lapsePolicy: 'A M',
  reinstatePolicy: 'A M',
  askCoverage: 'C A M',
  fileClaim: 'C A M',
  listClaims: 'C A M U',
  getClaim: 'C A M U',
  getClaimHistory: 'C A M U',
  getClaimPapers: 'A M U',
  withdrawClaim: 'C A M',
  reopenClaim: 'A M',
  answerClaimQuestion: 'C A M',
  listApprovals: 'A M U',
  getApproval: 'A M U',
  decideClaim: 'A M',
  listConversations: 'C A M U',
  getConversation: 'C A M U',
  listConversationMessages: 'C A M U',
  sendMessage: 'C A M',
  closeConversation: 'C A M',
  listNotifications: 'C A M U',
  getNotification: 'C A M U',
  getCommand: 'C O A M U',
  stream: 'C O A M U',
  listTopics: 'O U',
  readTopic: 'O U',
  produceMessage: 'O',
  listDeadLetters: 'O U',
  getDeadLetter: 'O U',
  redriveDeadLetter: 'O',
  editDeadLetter: 'O',
  dropDeadLetter: 'O',
  listParkedKeys: 'O M U',
  listAgents: 'O M U',
  getStats: 'O M U',
  searchAudit: 'U',
};

/** What the insurer says and a customer does not. */
const NOT_THEIRS: Readonly<Record<string, object>> = {
  requestQuote: { assessmentId: 'asm-1', bookTransfer: true },
  renewPolicy: { atFaultClaims: 0, partlyAtFaultClaims: 0 },
  cancelPolicy: { fromInception: true },
  fileClaim: { claimId: 'clm-9', reportedAt: '2026-06-15T08:05:00Z', reporter: 'me' },
};

const ROLES = { O: 'agent-operator', A: 'adjuster', M: 'manager', U: 'auditor' } as const;
const KINDS = {
  claimId: 'claim',
  policyId: 'policy',
  quoteId: 'quote',
  conversationId: 'conversation',
  notificationId: 'notification',
  messageId: 'command',
} as const;
const OWN = {
  customerId: 'cust-own',
  claimId: 'clm-own',
  policyId: 'pol-own',
  quoteId: 'quo-own',
  conversationId: 'conv-own',
  notificationId: 'ntf-own',
  messageId: 'msg-own',
};
const OTHER = {
  customerId: 'cust-x',
  claimId: 'clm-x',
  policyId: 'pol-x',
  quoteId: 'quo-x',
  conversationId: 'conv-x',
  notificationId: 'ntf-x',
  messageId: 'msg-x',
};
const FIXED = { topic: 'events', letterId: 'letter-none', assessmentId: 'asm-1', purpose: 'MARKETING' };
const NOBODYS = 'There is none of this id.';

interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: {
    readonly content: Readonly<
      Record<string, { schema: { $ref: string }; examples?: Record<string, { value: object }> }>
    >;
  };
}
interface Route {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

const identity = new TestIdentity();
let gateway: TestGateway;
/** Held: the stream of an answer that nobody holds is closed when memory is cleaned. */
let open: Response;
let document: OpenAPIObject;
let routes: readonly Route[];

beforeAll(async () => {
  // One stream is open, so that every other that is let in is answered at once: too many.
  gateway = await TestGateway.start({
    env: { ...identity.env, AIKA_MAX_STREAMS: '1' },
    providers: identity.providers(),
  });
  for (const [field, kind] of Object.entries(KINDS)) {
    identity.owners.set(kind, OWN[field as keyof typeof KINDS], OWN.customerId);
    identity.owners.set(kind, OTHER[field as keyof typeof KINDS], OTHER.customerId);
  }
  document = (await gateway.call('GET', '/openapi.json')).body as unknown as OpenAPIObject;
  routes = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as unknown as Record<string, Operation>).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operation,
    })),
  );
  open = await fetch(`${gateway.url}/v1/stream`, { headers: identity.as(['manager']) });
});
afterAll(async () => {
  await open.body?.cancel();
  await gateway.close();
});

function bodyOf({ operation }: Route): Record<string, unknown> | undefined {
  const content = operation.requestBody?.content['application/json'];
  if (content === undefined) return undefined;
  const name = content.schema.$ref.split('/').at(-1) ?? '';
  const schema = document.components?.schemas?.[name] as unknown as { examples?: object[] } | undefined;
  const example = schema?.examples?.[0] ?? Object.values(content.examples ?? {})[0]?.value ?? {};
  return { ...example };
}

/** As its customer would ask, with everything their own but for what `swapped` says. */
function requestOf(route: Route, swapped: object = {}, ids: typeof OWN = OWN) {
  const values: Record<string, string> = { ...FIXED, ...ids, ...swapped };
  const path = route.path.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? 'missing');
  const body = bodyOf(route);
  if (body === undefined) return { path };
  for (const field of Object.keys(ids)) if (body[field] !== undefined) body[field] = values[field];
  return { path, body };
}

function asCustomer(route: Route, { path, body }: { path: string; body?: Record<string, unknown> }) {
  if (body === undefined) return { path };
  const insurers = Object.keys(NOT_THEIRS[route.operation.operationId] ?? {});
  const own = Object.fromEntries(Object.entries(body).filter(([name]) => !insurers.includes(name)));
  return { path, body: 'initiator' in own ? { ...own, initiator: 'CUSTOMER' } : own };
}

/** Let in: whatever came of it behind the guard, such as a database that is not there. */
function isLetIn({ status, body }: Answer): boolean {
  return status !== 401 && status !== 403 && !(status === 404 && body?.['detail'] === NOBODYS);
}

jest.setTimeout(30_000);

describe('every route of the OpenAPI document', () => {
  it('is in the table, and nothing else is', () => {
    expect(routes.map(({ operation }) => operation.operationId).sort()).toEqual(Object.keys(MAY).sort());
  });

  it('asks who it is: without a token, with a wrong one, and of a role that is none', async () => {
    const wrong = `${identity.token().slice(0, -4)}AAAA`;
    for (const route of routes) {
      const { path, body } = requestOf(route);
      const anonymous = await gateway.call(route.method, path, { body });
      expect([path, anonymous.status]).toEqual([path, 401]);
      expect(anonymous.headers.get('www-authenticate')).toBe('Bearer realm="aika"');
      expect(anonymous.headers.get('content-type')).toBe('application/problem+json');
      const forged = await gateway.call(route.method, path, {
        body,
        headers: { authorization: `Bearer ${wrong}` },
      });
      expect([path, forged.status, forged.body?.['code']]).toEqual([path, 401, 'SIGNATURE']);
      for (const roles of [[], ['customer'], ['admin']]) {
        const headers = identity.as(roles);
        const { status } = await gateway.call(route.method, path, { body, headers });
        expect([path, roles, status]).toEqual([path, roles, 403]);
      }
    }
  });

  it.each(Object.entries(ROLES))('lets in %s (%s) where the table says so', async (letter, role) => {
    const headers = identity.as([role]);
    for (const route of routes) {
      const { operationId } = route.operation;
      const answer = await gateway.call(route.method, requestOf(route).path, {
        body: requestOf(route).body,
        headers,
      });
      const isExpected = MAY[operationId]?.split(' ').includes(letter);
      expect([operationId, isLetIn(answer), answer.status]).toEqual([
        operationId,
        isExpected,
        expect.any(Number),
      ]);
      if (!isExpected) expect([operationId, answer.status]).toEqual([operationId, 403]);
    }
  });

  it('lets in a customer with what is their own, where the table says so', async () => {
    const headers = identity.customer(OWN.customerId);
    for (const route of routes) {
      const { operationId } = route.operation;
      const { path, body } = asCustomer(route, requestOf(route));
      const answer = await gateway.call(route.method, path, { body, headers });
      expect([operationId, isLetIn(answer)]).toEqual([
        operationId,
        MAY[operationId]?.split(' ').includes('C'),
      ]);
    }
  });

  it("shows a customer nothing of another's, wherever it is named, as if it were not there", async () => {
    const headers = identity.customer(OWN.customerId);
    let tried = 0;
    for (const route of routes.filter(({ operation }) => MAY[operation.operationId]?.startsWith('C'))) {
      const { operationId } = route.operation;
      const whole = requestOf(route);
      const named = Object.keys(OTHER).filter(
        (field) => route.path.includes(`{${field}}`) || whole.body?.[field] !== undefined,
      ) as (keyof typeof OTHER)[];
      for (const field of named) {
        // Their own claims and assessments get their ids from the gateway.
        if (operationId === 'fileClaim' && field === 'claimId') continue;
        const { path, body } = asCustomer(route, requestOf(route, { [field]: OTHER[field] }));
        const answer = await gateway.call(route.method, path, { body, headers });
        expect([operationId, field, answer.status, answer.body?.['detail']]).toEqual([
          operationId,
          field,
          404,
          NOBODYS,
        ]);
        const unknown = asCustomer(route, requestOf(route, { [field]: 'none-1' }));
        const missing = await gateway.call(route.method, unknown.path, { body: unknown.body, headers });
        // A conversation begins with its first message.
        if (operationId === 'sendMessage' && field === 'conversationId') expect(missing.status).toBe(202);
        else
          expect([operationId, field, missing.status, missing.body?.['detail']]).toEqual([
            operationId,
            field,
            404,
            NOBODYS,
          ]);
        tried += 1;
      }
      if (route.operation.parameters?.some(({ name }) => name === 'customer')) {
        const { status } = await gateway.call('GET', `${route.path}?customer=${OTHER.customerId}`, {
          headers,
        });
        expect([operationId, status]).toEqual([operationId, 403]);
        tried += 1;
      }
    }
    expect(tried).toBeGreaterThan(30);
  });

  it("takes nothing from a customer under another spelling of a field's name", async () => {
    const headers = identity.customer(OWN.customerId);
    for (const route of routes.filter(({ operation }) => MAY[operation.operationId]?.startsWith('C'))) {
      const { path, body } = asCustomer(route, requestOf(route));
      if (body === undefined) continue;
      const { customerId: _id, ...rest } = body;
      const swapped = { ...rest, customer_id: OTHER.customerId };
      const answer = await gateway.call(route.method, path, { body: swapped, headers });
      expect([route.operation.operationId, answer.status]).toEqual([route.operation.operationId, 404]);
    }
  });

  it('takes from a customer nothing that the insurer says', async () => {
    const headers = identity.customer(OWN.customerId);
    for (const [operationId, fields] of Object.entries(NOT_THEIRS)) {
      const route = routes.find(({ operation }) => operation.operationId === operationId) as Route;
      const { path, body } = asCustomer(route, requestOf(route));
      for (const [field, value] of Object.entries(fields)) {
        const snake = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        for (const name of [field, snake]) {
          const { status } = await gateway.call(route.method, path, {
            body: { ...body, [name]: value },
            headers,
          });
          expect([operationId, name, status]).toEqual([operationId, name, 403]);
        }
      }
    }
    const cancel = routes.find(({ operation }) => operation.operationId === 'cancelPolicy') as Route;
    const { path, body } = asCustomer(cancel, requestOf(cancel));
    const insurer = { ...body, initiator: 'INSURER' };
    expect((await gateway.call('POST', path, { body: insurer, headers })).status).toBe(403);
  });
});
