import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { FileClaim } from '@aika/contracts';
import { createKafkaAdmin } from '@aika/messaging/kafka';
import {
  createTestDatabase,
  createTopics,
  freePort,
  loadTopics,
  repositoryRoot,
  type TestDatabase,
} from '@aika/testing';
import { migrateViews, openViews } from '@aika/views';
import { TcpGate } from './testing/tcp-gate.fixtures.js';

jest.setTimeout(60_000);

const namespace = `gwp-${randomUUID().slice(0, 8)}`;
const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const children: ChildProcess[] = [];
let database: TestDatabase;
let kafka: TcpGate;
let postgres: TcpGate;
let url: string;
let gateway: ChildProcess;

beforeAll(async () => {
  const [made] = await Promise.all([
    createTestDatabase(),
    createTopics({ brokers, environment: 'test', namespace }),
  ]);
  database = made;
  const db = openViews(database.url);
  await migrateViews(db);
  await db.destroy();
  const [host = '127.0.0.1', port] = (brokers[0] ?? '').split(':');
  kafka = new TcpGate(await freePort(), { host, port: Number(port) });
  const { hostname, port: databasePort } = new URL(database.url);
  postgres = new TcpGate(await freePort(), { host: hostname, port: Number(databasePort) });
  ({ child: gateway, url } = await startProcess());
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all([kafka.close(), postgres.close()]);
  const admin = createKafkaAdmin({ brokers, clientId: 'int' });
  await admin.deleteTopics(loadTopics({ environment: 'test', namespace }).map(({ name }) => name));
  await admin.close();
  await database.drop();
});

/** The built program, whose brokers and database are behind gates. Resolves when it listens. */
async function startProcess(): Promise<{ readonly child: ChildProcess; readonly url: string }> {
  const own = new URL(database.url);
  own.host = `127.0.0.1:${postgres.port}`;
  const child = fork(join(repositoryRoot(), 'apps/gateway/dist/main.js'), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      KAFKA_BROKERS: `127.0.0.1:${kafka.port}`,
      DATABASE_URL: own.href,
      AIKA_NAMESPACE: namespace,
      AIKA_HTTP_PORT: '0',
      AIKA_REQUEST_TIMEOUT_MS: '1500',
      AIKA_MAX_WAIT_MS: '1000',
      AIKA_SHUTDOWN_GRACE_MS: '3000',
    },
  });
  children.push(child);
  const [{ url: said }] = (await once(child, 'message')) as [{ readonly url: string }];
  const { port } = new URL(said);
  return { child, url: `http://127.0.0.1:${port}` };
}

interface Said {
  readonly status: number;
  readonly type: string | null;
  readonly body: Readonly<Record<string, unknown>>;
}

async function call(path: string, body?: object, headers: Record<string, string> = {}): Promise<Said> {
  const answer = await fetch(url + path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const said = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, type: answer.headers.get('content-type'), body: said };
}

async function until(isThere: () => Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!(await isThere())) {
    if (performance.now() > deadline) throw new Error('It did not recover in time.');
    await delay(50);
  }
}

const PROBLEM = 'application/problem+json';
const fileClaim = (headers?: Record<string, string>): Promise<Said> =>
  call('/v1/claims', FileClaim.example, headers);

describe('a gateway that is started while everything else is down', () => {
  it('lives, is not ready, and answers reads and writes with a problem', async () => {
    const [live, ready, read, write] = await Promise.all([
      call('/health/live'),
      call('/health/ready'),
      call('/v1/claims'),
      fileClaim(),
    ]);
    expect(live.status).toBe(200);
    expect([ready.status, ready.body]).toEqual([
      503,
      { state: 'UNAVAILABLE', log: 'down', database: 'down' },
    ]);
    expect([read.status, read.type, read.body['type']]).toEqual([
      503,
      PROBLEM,
      'urn:aika:problem:database-unavailable',
    ]);
    expect([write.status, write.type]).toEqual([503, PROBLEM]);
  });

  it('reads when the database comes, and still refuses what needs the log', async () => {
    await postgres.open();
    await until(async () => (await call('/v1/claims')).status === 200);
    expect((await call('/health/ready')).body).toMatchObject({ log: 'down', database: 'up' });
    const write = await fileClaim({ 'idempotency-key': randomUUID() });
    expect([write.status, write.type]).toEqual([503, PROBLEM]);
  });

  it('writes when the log comes', async () => {
    await kafka.open();
    await until(async () => (await fileClaim()).status === 202);
    await until(async () => (await call('/health/ready')).status === 200);
  });

  it('answers with a problem again while the database is away, and goes on after it', async () => {
    await postgres.close();
    const read = await call('/v1/claims');
    expect([read.status, read.type]).toEqual([503, PROBLEM]);
    await postgres.open();
    await until(async () => (await call('/v1/claims')).status === 200);
  });
});

describe('a gateway that is told to stop', () => {
  it('answers what is under way, ends streams with a hint to come again, and exits with 0', async () => {
    const stream = await fetch(`${url}/v1/stream`);
    const streamed = stream.text();
    // No agent runs: the answer comes when the wait is over.
    const waiting = fileClaim({ prefer: 'wait=1' });
    await delay(300);
    const exited = once(gateway, 'exit');
    const begun = performance.now();
    gateway.kill('SIGTERM');
    expect((await waiting).status).toBe(202);
    expect(await streamed).toMatch(/: the gateway stops\nretry: \d+\n\n$/);
    expect(await exited).toEqual([0, null]);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });

  it('cuts off after its grace what does not end by itself', async () => {
    const { child, url: other } = await startProcess();
    const { port } = new URL(other);
    const { connect } = await import('node:net');
    const endless = connect(Number(port), '127.0.0.1');
    endless.on('error', () => undefined);
    endless.write(
      'POST /v1/claims HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{',
    );
    await delay(100);
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
    endless.destroy();
  });
});
