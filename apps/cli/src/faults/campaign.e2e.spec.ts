import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import {
  attachLocalCluster,
  freePort,
  type PostgresHandle,
  startLocalPostgres,
  stopLocalPostgres,
} from '@aika/testing';
import { isOk, reportOf } from './campaign-report.js';
import { runCampaign } from './campaign.js';
import { FAULT_KINDS } from './kinds/index.js';

jest.setTimeout(300_000);

/**
 * One of each sort: a process dies in its transaction, one comes back as a zombie, an answer is lost, and a gateway
 * dies with requests under way.
 */
const SHORT = ['killed-after-offsets', 'frozen-in-transaction', 'answer-lost-EndTxn', 'gateway-killed'];

const dataDir = mkdtempSync(join(tmpdir(), 'aika-faults-postgres-'));
let server: Promise<PostgresHandle> | undefined;

/** The other tests' server must not be killed. */
async function postgres(): Promise<PostgresHandle> {
  server ??= startLocalPostgres({ dataDir, port: await freePort(), throwAway: true, lease: 'owner' });
  return server;
}

afterAll(async () => {
  if (server) await stopLocalPostgres(dataDir, { wipe: true });
  rmSync(dataDir, { recursive: true, force: true });
});

describe('a short campaign', () => {
  it('loses nothing, doubles nothing and keeps the order', async () => {
    const stateFile = process.env['AIKA_TEST_CLUSTER_STATE'];
    if (stateFile === undefined) {
      throw new Error('This test needs the local test cluster: unset KAFKA_BROKERS.');
    }
    const kinds = await runCampaign({
      cluster: attachLocalCluster(stateFile),
      postgres,
      kinds: FAULT_KINDS.filter(({ name }) => SHORT.includes(name)),
      runs: 1,
      claims: 6,
      seed: 7,
      onProgress: () => undefined,
      signal: new AbortController().signal,
    });
    expect(kinds.map(({ kind, successes }) => [kind, successes])).toEqual(SHORT.map((name) => [name, 6]));
    const outcome = { seed: 7, kinds, controls: [] };
    // The report names what is wrong.
    expect({ ok: isOk(outcome), report: isOk(outcome) ? '' : reportOf(outcome) }).toEqual({
      ok: true,
      report: '',
    });
  });
});
