import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type Envelope,
  type MessageDefinition,
  ClaimApproved,
  ClaimFiled,
  VerifyCoverage,
} from '@aika/contracts';
import { createGatewayClient, type GatewayClient } from '@aika/gateway-client';
import type { JournalEntry } from '../../journal/seen-messages.js';
import { checkRead } from './http-reads.js';

function entry({ type, stage }: MessageDefinition, topic: string, messageId: string): JournalEntry {
  const envelope = { messageId, messageType: type, payload: { claimId: 'clm-1' } } as unknown as Envelope;
  return { envelope, stage, topic, partition: 0, offset: 0, recordedAt: 0 };
}

describe('a story that reads back', () => {
  const entries = [
    entry(ClaimFiled, 'events', 'msg-1'),
    entry(ClaimApproved, 'events.high', 'msg-2'),
    entry(VerifyCoverage, 'agent.policy', 'msg-3'),
  ];
  const positions = new Map([
    ['msg-1', 'at-1'],
    ['msg-2', 'at-2'],
    ['msg-3', 'at-3'],
  ]);
  let server: Server;
  let client: GatewayClient;
  let requests: IncomingMessage[];
  let claim: object;
  let history: readonly string[];

  beforeEach(async () => {
    requests = [];
    [claim, history] = [{ claimId: 'clm-1', status: 'approved', revision: 2 }, ['msg-1', 'msg-2']];
    server = createServer((request, response) => {
      requests.push(request);
      const events = history.map((messageId) => ({ messageId }));
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(request.url?.endsWith('/history') ? { claimId: 'clm-1', events } : claim));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = createGatewayClient(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const check = (shows: Readonly<Record<string, unknown>>) =>
    checkRead(client, { resource: 'claims', id: 'clm-1', shows }, entries, positions);

  it('is right when the view shows it and the history has every event', async () => {
    expect(await check({ status: 'approved', reserve: undefined })).toEqual({
      path: '/v1/claims/clm-1',
      shown: '{"status":"approved"}',
      isRight: true,
    });
  });

  it('asks for what the last event about it did', async () => {
    await check({ status: 'approved' });
    expect(requests[0]?.headers['aika-position']).toBe('at-2');
  });

  it('is wrong when the view shows something else', async () => {
    expect(await check({ status: 'paid' })).toMatchObject({ shown: '{"status":"approved"}', isRight: false });
  });

  it('is wrong when an event is missing in the history', async () => {
    history = ['msg-1'];
    expect(await check({ status: 'approved' })).toMatchObject({
      shown: '{"status":"approved"}; its history lacks CLAIM_APPROVED',
      isRight: false,
    });
  });
});
