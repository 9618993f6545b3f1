import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type FakeGateway, fakeGateway, json } from './fake-gateway.fixtures.js';
import { HttpCaller } from './http-caller.js';
import { idsTold, type Wish } from './request-log.js';
import { StreamReader } from './stream-reader.js';
import { ViewReader } from './view-reader.js';

const open: FakeGateway[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((gateway) => gateway.close()));
});

async function gateway(...answer: Parameters<typeof fakeGateway>): Promise<string> {
  const started = await fakeGateway(...answer);
  open.push(started);
  return started.url;
}

async function until(isSo: () => boolean): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 300) throw new Error('not in time');
    await delay(10);
  }
}

const wish: Wish = {
  key: 'key-1',
  path: '/v1/claims',
  body: { customerId: 'c1' },
  customerId: 'c1',
  conversationId: 'conv-1',
  priority: 'HIGH',
  waits: 3,
  isHedged: false,
  command: 'FILE_CLAIM',
  outcome: 'CLAIM_FILED',
};

describe('a caller over HTTP', () => {
  it('repeats under the same key at the other gateway while it does not know, and writes all down', async () => {
    const seen: unknown[] = [];
    const answers = [
      () => {
        throw new Error('killed');
      },
      503,
      202,
    ];
    const answering = () =>
      gateway((request, response) => {
        seen.push([request.headers['idempotency-key'], request.headers['prefer'], request.headers.host]);
        const next = answers.shift();
        if (typeof next === 'function') next();
        else json(response, next ?? 500, { messageId: 'msg-1' });
      });
    const urls = [await answering(), await answering()];
    const caller = new HttpCaller(urls);
    expect(await caller.carryOut(wish)).toEqual({ status: 202, messageId: 'msg-1' });
    const hosts = urls.map((url) => new URL(url).host);
    expect(seen).toEqual([hosts[0], hosts[1], hosts[0]].map((host) => ['key-1', 'wait=3', host]));
    const [record] = caller.log.records;
    expect(record?.attempts.map(({ status }) => status)).toEqual([undefined, 503, 202]);
    expect(idsTold(record!)).toEqual(['msg-1']);
  });

  it('asks every gateway at once where it is impatient, until one of them answers', async () => {
    const statuses = [503, 503, 202, 503];
    const answering = () => gateway((_, response) => json(response, statuses.shift() ?? 500, {}));
    const caller = new HttpCaller([await answering(), await answering()]);
    expect(await caller.carryOut({ ...wish, isHedged: true })).toEqual({ status: 202 });
    const [record] = caller.log.records;
    expect(record?.attempts.map(({ status }) => status).sort()).toEqual([202, 503, 503, 503]);
  });

  it('repeats what was accepted once more, in the same place of its log, and takes a refusal as an answer', async () => {
    const statuses = [202, 409];
    const url = await gateway((_, response) => json(response, statuses.shift() ?? 500, {}));
    const caller = new HttpCaller([url]);
    await caller.carryOut(wish);
    await caller.repeatAll();
    expect(caller.log.records.map(({ attempts }) => attempts)).toEqual([[{ status: 202 }, { status: 409 }]]);
  });
});

describe('a reader of the views', () => {
  const claim = { claimId: 'clm-1', customerId: 'c1' };

  it('finds a claim that is not there for whom its position was told', async () => {
    const statuses = [503, 404];
    const url = await gateway((_, response) => json(response, statuses.shift() ?? 500, {}));
    const reader = new ViewReader([url]);
    await reader.readOwnWrite('/v1/claims/clm-1', 'c1', 'position');
    expect(reader.findings).toEqual(['/v1/claims/clm-1 was not there for whom its position was told']);
  });

  it('finds a claim that goes back, and one that is gone', async () => {
    const answers: [number, string][] = [
      [404, ''],
      [200, '"3"'],
      [200, '"2"'],
      [404, ''],
    ];
    const url = await gateway((_, response) => {
      const [status, etag] = answers.shift() ?? [503, ''];
      json(response, status, claim, { etag });
    });
    const reader = new ViewReader([url]);
    reader.watch('clm-1');
    reader.start();
    await until(() => answers.length === 0 && reader.findings.length === 2);
    await reader.stop();
    expect(reader.findings).toEqual(['clm-1 went back from revision 3 to 2', 'clm-1 was there and is gone']);
  });
});

describe('a reader of the stream', () => {
  const event = (offset: number): string =>
    `id: after-${offset}\nevent: CLAIM_PAID\ndata: {"topic":"events","partition":0,"offset":${offset}}\n\n`;

  it('comes again with the id of the last whole event', async () => {
    const ids: unknown[] = [];
    const url = await gateway((request, response) => {
      ids.push(request.headers['last-event-id']);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      if (ids.length === 1) {
        response.write(`id: begin\n\n${event(4)}id: after-5\ndata: cut o`);
        setTimeout(() => response.destroy(), 50);
      } else
        response.write(
          `${event(5)}id: x\nevent: gap\ndata: {"topic":"events","partition":0,"from":6,"until":9}\n\n`,
        );
    });
    const reader = new StreamReader([url], ['CLAIM_PAID']);
    await reader.start();
    await until(() => reader.gaps.length === 1);
    await reader.stop();
    expect(ids).toEqual([undefined, 'after-4']);
    expect(reader.seen.map(({ offset }) => offset)).toEqual([4, 5]);
    expect(reader.gaps).toEqual([{ topic: 'events', partition: 0, from: 6, until: 9 }]);
    expect(reader.reconnects).toBe(1);
  });
});
