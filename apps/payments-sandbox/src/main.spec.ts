import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const SOURCES = import.meta.dirname;
let folder: string;
const running = new Set<ChildProcess>();

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'aika-payments-process-'));
  compile(join(folder, 'dist'));
});

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** The process under test is this source, not whatever build happens to lie in dist. */
function compile(target: string): void {
  mkdirSync(target);
  writeFileSync(join(target, 'package.json'), '{ "type": "module" }');
  const files = readdirSync(SOURCES).filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  for (const file of files) {
    const { code } = transformFileSync(join(SOURCES, file), { configFile: '.swcrc', sourceMaps: false });
    writeFileSync(join(target, file.replace(/\.ts$/, '.js')), code);
  }
}

interface Sandbox {
  readonly child: ChildProcess;
  readonly base: string;
}

function launch(environment: Record<string, string>): ChildProcess {
  const child = fork(join(folder, 'dist', 'main.js'), [], {
    execArgv: [],
    silent: true,
    env: { AIKA_PAYMENTS_DB: join(folder, 'payments.sqlite'), AIKA_PAYMENTS_PORT: '0', ...environment },
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function start(): Promise<Sandbox> {
  const child = launch({});
  const [message] = (await once(child, 'message')) as [{ port: number }];
  return { child, base: `http://127.0.0.1:${message.port}` };
}

async function exitOf(child: ChildProcess): Promise<unknown[]> {
  return child.exitCode === null && child.signalCode === null
    ? await once(child, 'exit')
    : [child.exitCode, child.signalCode];
}

async function failedStart(environment: Record<string, string>): Promise<{ code: unknown; text: string }> {
  const child = launch(environment);
  let text = '';
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const [code] = (await once(child, 'close')) as unknown[];
  return { code, text };
}

async function pay({ base }: Sandbox, key: string): Promise<number> {
  const body = JSON.stringify({
    claimId: key,
    customerId: 'cus-1',
    amount: { amount: 100, currency: 'EUR' },
  });
  const headers = { 'idempotency-key': key };
  const response = await fetch(`${base}/payments`, { method: 'POST', headers, body });
  await response.arrayBuffer();
  return response.status;
}

describe('the process', () => {
  it('names every wrong setting and does not start', async () => {
    const { code, text } = await failedStart({ AIKA_PAYMENTS_PORT: 'x', AIKA_PAYMENTS_HOST: '?' });
    expect(code).toBe(1);
    expect(text).toContain('AIKA_PAYMENTS_PORT');
    expect(text).toContain('AIKA_PAYMENTS_HOST');
  });

  it('says so when its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const port = String((other.address() as AddressInfo).port);
    const { code, text } = await failedStart({ AIKA_PAYMENTS_PORT: port });
    other.close();
    expect(code).toBe(1);
    expect(text).toMatch(/AIKA_PAYMENTS_PORT is taken/);
  });

  it('killed in the middle of payments, keeps each that it answered and makes none twice', async () => {
    const keys = Array.from({ length: 200 }, (_, index) => `kill-${index}`);
    const first = await start();
    const answered: string[] = [];
    const attempts = keys.map((key) =>
      pay(first, key).then(
        () => {
          if (answered.push(key) === 50) first.child.kill('SIGKILL');
        },
        () => undefined,
      ),
    );
    await Promise.all(attempts);
    expect(await exitOf(first.child)).toEqual([null, 'SIGKILL']);
    expect(answered.length).toBeLessThan(keys.length);

    const second = await start();
    for (const key of answered) expect(await pay(second, key)).toBe(200);
    await Promise.all(keys.map((key) => pay(second, key)));
    const ledger: unknown = await (await fetch(`${second.base}/ledger?customerId=cus-1`)).json();
    expect(ledger).toMatchObject({ count: keys.length, total: { EUR: 100 * keys.length } });
    second.child.kill('SIGTERM');
    expect(await exitOf(second.child)).toEqual([0, null]);
  });

  it('stops when its parent goes', async () => {
    const { child } = await start();
    child.disconnect();
    expect(await exitOf(child)).toEqual([0, null]);
  });
});
