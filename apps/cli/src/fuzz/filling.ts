import type { HttpAnswer, HttpCaller } from './http-caller.js';

/** Ids that belong together: of one customer. */
export interface Subject {
  readonly customerId: string;
  readonly quoteId?: string;
  readonly policyId?: string;
  readonly claimId?: string;
  readonly conversationId?: string;
}

export interface Filled {
  readonly subjects: readonly Subject[];
  /** Where waited answers stand on the log: `aika-position`. */
  readonly positions: readonly string[];
  /** Of commands that were carried out. */
  readonly messageIds: readonly string[];
}

const WAIT_S = 10;
const AT_ONCE = 8;
const DAYS_IN_FORCE = 120;
const DAY_MS = 86_400_000;

interface Journey {
  readonly caller: HttpCaller;
  readonly n: number;
  readonly customerId: string;
  readonly positions: string[];
  readonly messageIds: string[];
}

/** Fills the system over its own API with customers who stand at different points of their way. */
export async function fill(caller: HttpCaller, customers: number): Promise<Filled> {
  const subjects: Subject[] = [];
  const positions: string[] = [];
  const messageIds: string[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < customers) {
      const n = next++;
      const customerId = `cust-fuzz-${String(n).padStart(4, '0')}`;
      subjects.push(await journey({ caller, n, customerId, positions, messageIds }));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  assertGotFar(subjects);
  subjects.sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  return { subjects, positions, messageIds };
}

/**
 * The remainder of the customer's number decides how far the customer gets. A command that is refused ends the way
 * there: that is a state too, as long as it is not everybody's.
 */
async function journey(journey: Journey): Promise<Subject> {
  const { n, customerId } = journey;
  await register(journey);
  const conversationId = n % 2 === 0 ? await talk(journey) : undefined;
  const quoteId = n % 9 === 8 ? undefined : await quote(journey);
  const policyId = quoteId === undefined || n % 9 === 7 ? undefined : await accept(journey, quoteId);
  const claimId = policyId === undefined || n % 9 > 5 ? undefined : await claim(journey, policyId);
  if (policyId !== undefined && n % 9 === 6) await changePolicy(journey, policyId);
  const ids = { quoteId, policyId, claimId, conversationId };
  return { customerId, ...Object.fromEntries(Object.entries(ids).filter(([, id]) => id !== undefined)) };
}

async function register({ caller, n, customerId }: Journey): Promise<void> {
  const profile = {
    customerId,
    fullName: `Customer ${n}`,
    email: `customer-${n}@example.com`,
    consents: [{ purpose: 'SERVICE', granted: true }],
    channels: ['LOG'],
  };
  accepted('register', await caller.post('/v1/customers', profile));
}

async function talk({ caller, n, customerId }: Journey): Promise<string> {
  const conversationId = `conv-fuzz-${String(n).padStart(4, '0')}`;
  const path = `/v1/conversations/${conversationId}`;
  for (const text of ['Good morning.', 'Is hail covered? ☂', 'Thank you.']) {
    accepted('talk', await caller.post(`${path}/messages`, { customerId, text }));
  }
  if (n % 6 === 0) accepted('close', await caller.post(`${path}/closing`, { customerId }));
  return conversationId;
}

async function quote(journey: Journey): Promise<string | undefined> {
  const { customerId, n } = journey;
  const isHome = n % 5 === 4;
  const facts = isHome
    ? { home: { construction: 'BRICK', sumInsured: gbp(250_000) } }
    : { motor: { district: (n % 4) + 1, engine: '<1l', driverAge: 30 + (n % 40) } };
  const body = {
    customerId,
    product: isHome ? 'HOME' : 'MOTOR',
    ...facts,
    effectiveFrom: daysAgo(DAYS_IN_FORCE),
    bookTransfer: true,
  };
  return (await outcome(journey, '/v1/quotes', body))?.['quoteId'] as string | undefined;
}

async function accept(journey: Journey, quoteId: string): Promise<string | undefined> {
  const { customerId } = journey;
  const bound = await outcome(journey, `/v1/quotes/${quoteId}/acceptance`, { customerId });
  return bound?.['policyId'] as string | undefined;
}

/** Small ones are paid by rule, large ones referred, those of before the policy denied. */
async function claim(journey: Journey, policyId: string): Promise<string | undefined> {
  const { caller, n, customerId } = journey;
  const kind = n % 9;
  const body = {
    customerId,
    policyId,
    lossAt: daysAgo(kind === 5 ? DAYS_IN_FORCE + 40 : 3),
    cause: kind === 5 ? 'FLOOD' : 'HAIL',
    estimatedLoss: gbp(kind === 0 || kind === 5 ? 1_150 : 18_400),
    reporter: 'policyholder',
  };
  const filed = await outcome(journey, '/v1/claims', body);
  if (filed === undefined) return undefined;
  const claimId = String(filed['claimId']);
  const decision = { customerId, decidedBy: 'jo.adjuster', reason: 'Checked with the workshop.' };
  const decide = (how: string): Promise<HttpAnswer> =>
    caller.post(`/v1/approvals/${claimId}/decision`, { ...decision, decision: how }, WAIT_S);
  // A referral may stand a moment behind the claim: a decision that comes too early is refused, which is a state too.
  if (kind === 2) await decide('APPROVE');
  if (kind === 3) await decide('DENY');
  if (kind === 4) {
    await caller.post(`/v1/claims/${claimId}/withdrawal`, { customerId, reason: 'The other party pays.' });
  }
  return claimId;
}

async function changePolicy({ caller, n, customerId }: Journey, policyId: string): Promise<void> {
  const path = `/v1/policies/${policyId}`;
  const today = daysAgo(0);
  const motor = { district: 2, engine: '<1l', driverAge: 50 };
  if (n % 2 === 0)
    await caller.post(`${path}/endorsements`, { customerId, effectiveAt: today, motor }, WAIT_S);
  const wish = { customerId, effectiveAt: today, initiator: 'INSURED', reason: 'The car is sold.' };
  accepted('cancel', await caller.post(`${path}/cancellation`, wish, WAIT_S));
}

/** The payload of a command's outcome; undefined when it is refused, or there is none in time. */
async function outcome(
  { caller, positions, messageIds }: Journey,
  path: string,
  body: object,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const answer = await caller.post(path, body, WAIT_S);
  // Accepted without an outcome in time, or refused by the agent: anything else is a mistake of the filling.
  if (![200, 202, 404, 409].includes(answer.status)) throw refusal(path, answer);
  const event = answer.body['outcome'] as { readonly payload: Record<string, unknown> } | undefined;
  const position = answer.headers.get('aika-position');
  if (event !== undefined && position !== null) positions.push(position);
  if (event !== undefined) messageIds.push(String(answer.body['messageId']));
  return event?.payload;
}

/** @throws Error when reads would have nothing to show */
function assertGotFar(subjects: readonly Subject[]): void {
  for (const name of ['quoteId', 'policyId', 'claimId', 'conversationId'] as const) {
    const found = subjects.filter((subject) => subject[name] !== undefined).length;
    if (found < subjects.length / 4) {
      throw new Error(`Filling failed: only ${found} of ${subjects.length} customers have a ${name}.`);
    }
  }
}

function accepted(what: string, answer: HttpAnswer): void {
  if (answer.status >= 300) throw refusal(what, answer);
}

function refusal(what: string, { status, body }: HttpAnswer): Error {
  return new Error(`Filling failed: ${what} was answered ${status}: ${JSON.stringify(body)}`);
}

function gbp(pounds: number): object {
  return { amount: pounds * 100, currency: 'GBP' };
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}
