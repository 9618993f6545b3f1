import { createTestDatabase, type TestDatabase } from '@aika/testing';
import { migrateViews, openViews, type ViewsDatabase } from '@aika/views';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writePositionToken } from '../http/position-token.js';
import { TestGateway } from '../testing/gateway.fixtures.js';
import { LISTS } from '../testing/list-rows.fixtures.js';

jest.setTimeout(60_000);

let postgres: TestDatabase;
let db: ViewsDatabase;
let gateway: TestGateway;

beforeAll(async () => {
  postgres = await createTestDatabase();
  db = openViews(postgres.url);
  const env = { DATABASE_URL: postgres.url, AIKA_MAX_WAIT_MS: '300', AIKA_MAX_PAGE_SIZE: '3' };
  gateway = await TestGateway.start({ env, isWithDatabase: true });
});

afterAll(async () => {
  await gateway.close();
  await db.destroy();
  await postgres.drop();
});

describe('a gateway before its views', () => {
  it('is not ready, and says so to readers, until the projector of its version has made them', async () => {
    expect((await gateway.call('GET', '/health/ready')).body).toMatchObject({ database: 'down' });
    const early = await gateway.call('GET', '/v1/notifications');
    expect([early.status, early.body?.['type']]).toEqual([503, 'urn:aika:problem:database-unavailable']);
    await migrateViews(db);
    expect((await gateway.call('GET', '/health/ready')).body).toMatchObject({ database: 'up' });
  });
});

interface Page {
  readonly items: readonly Readonly<Record<string, unknown>>[];
  readonly next?: string;
}

async function pageOf(path: string): Promise<Page> {
  const { status, body, text } = await gateway.call('GET', path);
  expect([path, status, text]).toEqual([path, 200, text]);
  return body as unknown as Page;
}

describe.each(LISTS)('the list $path', ({ path, id, insert, filters, otherSort }) => {
  const numbersOf = ({ items }: Page) => items.map((item) => Number(String(item[id]).replace('id-', '')));
  const all = async (query: string, between: () => Promise<unknown> = () => Promise.resolve()) => {
    const numbers: number[] = [];
    let page = await pageOf(`${path}?${query}`);
    for (;;) {
      numbers.push(...numbersOf(page));
      if (page.next === undefined) return numbers;
      await between();
      page = await pageOf(`${path}?${query}&cursor=${page.next}`);
    }
  };

  beforeAll(async () => {
    for (const n of [3, 1, 7, 5, 2, 6, 4]) await insert(db, n);
  });

  it('has those that its filters choose', async () => {
    for (const [query, numbers] of filters) {
      expect([query, (await all(query)).sort()]).toEqual([query, numbers]);
    }
  });

  it('comes newest first, and oldest first when asked, page by page', async () => {
    expect(await all('limit=2')).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(await all('order=oldest')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    if (otherSort) expect(await all(otherSort)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it('refuses the cursor of another list, of another order, and of other filters', async () => {
    const { next } = await pageOf(`${path}?limit=2`);
    const other = LISTS.find((list) => list.path !== path)!.path;
    const filter = filters[0]?.[0] ?? 'order=oldest';
    for (const target of [`${other}?limit=2`, `${path}?order=oldest`, `${path}?${filter}`]) {
      const { status, body } = await gateway.call('GET', `${target}&cursor=${next}`);
      expect([target, status, body?.['violations']]).toEqual([
        target,
        400,
        [expect.objectContaining({ path: '?cursor' })],
      ]);
    }
    expect((await gateway.call('GET', `${path}?limit=1&cursor=${next}`)).status).toBe(200);
  });

  it('waits for the position of what was written', async () => {
    const at = { topic: 'gw.events', partition: 1, offset: 7 };
    const headers = { 'aika-position': writePositionToken(at) };
    expect((await gateway.call('GET', path, { headers })).status).toBe(503);
  });

  it('has each row once, and all that were there, while rows are added', async () => {
    let added = 10;
    const newest = await all('limit=2', () => insert(db, (added += 1)));
    expect(newest).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(added).toBeGreaterThan(12);
    const between = () => (added < 20 ? insert(db, (added += 1)) : Promise.resolve());
    const oldest = await all('limit=3&order=oldest', between);
    expect(oldest.slice(0, 7)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(new Set(oldest).size).toBe(oldest.length);
    expect(oldest).toContain(added);
  });
});

describe('one resource', () => {
  const ONES = LISTS.filter(({ path }) => path !== '/v1/parked-keys').map(({ path }) => [path] as const);

  it.each(ONES)(
    'of %s has an entity tag that holds until it changes, and is 404 where it is not',
    async (path) => {
      const first = await gateway.call('GET', `${path}/id-1`);
      const etag = first.headers.get('etag') ?? '';
      expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"(1|msg-1)"$/)]);
      const same = await gateway.call('GET', `${path}/id-1`, { headers: { 'if-none-match': etag } });
      expect([same.status, same.text]).toEqual([304, '']);
      const other = await gateway.call('GET', `${path}/id-1`, { headers: { 'if-none-match': '"9"' } });
      expect(other.status).toBe(200);
      expect((await gateway.call('GET', `${path}/id-none`)).status).toBe(404);
      const headers = {
        'aika-position': writePositionToken({ topic: 'gw.events', partition: 1, offset: 7 }),
      };
      expect((await gateway.call('GET', `${path}/id-1`, { headers })).status).toBe(503);
    },
  );

  it.each([
    ['POST', '/v1/policies/id-1/lapse', { reason: 'Not paid.', effectiveAt: '2026-02-01T00:00:00Z' }],
    ['POST', '/v1/quotes/id-1/acceptance', {}],
    ['POST', '/v1/conversations/id-1/closing', {}],
    [
      'POST',
      '/v1/approvals/id-1/decision',
      { decision: 'DENY', decidedBy: 'jo.adjuster', reason: 'Not covered.' },
    ],
    ['PUT', '/v1/customers/id-1/preferences', { channels: ['LOG'], language: 'en' }],
  ])('is changed by %s %s only as the caller has read it', async (method, path, own) => {
    const body = path.includes('customers') ? own : { customerId: 'cust-odd', ...own };
    const stale = await gateway.call(method, path, { body, headers: { 'if-match': '"2"' } });
    expect([stale.status, stale.body?.['current'], stale.text]).toEqual([412, '"1"', stale.text]);
    const fresh = await gateway.call(method, path, { body, headers: { 'if-match': '"1"' } });
    expect([fresh.status, fresh.text]).toEqual([202, fresh.text]);
  });
});
