import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClusterHandle, PostgresHandle } from '@aika/testing';
import type { ControlResult } from '../campaign-report.js';
import { FaultField } from '../fault-field.js';
import { judge } from '../judge.js';
import { isClean, type Verdict } from '../verdict.js';
import type { EdgeField } from './edge-field.js';
import { EdgeWorkload } from './edge-workload.js';
import type { Wish } from './request-log.js';

interface EdgeControl {
  readonly name: string;
  /** Does from outside what the gateway or the projector must never do. */
  readonly spoil: (edge: EdgeField, wish: Wish) => Promise<void>;
  readonly isFound: (verdict: Verdict) => boolean;
}

export interface EdgeControlsOptions {
  readonly cluster: ClusterHandle;
  readonly postgres: () => Promise<PostgresHandle>;
  readonly onProgress: (line: string) => void;
}

const CLAIMS = 2;
/** The reader of the views comes by many times. */
const SEEN_WITHIN_MS = 1_500;

/** Each is brought about in one world, after a run without a fault, and has to be found by the same judgement. */
export async function edgeControls(options: EdgeControlsOptions): Promise<readonly ControlResult[]> {
  const { cluster, postgres, onProgress } = options;
  onProgress('negative controls of the edge');
  const field = await FaultField.open(cluster, { edge: true }, await postgres());
  try {
    const { edge } = field;
    if (!edge) throw new Error('The controls need the edge.');
    const workload = new EdgeWorkload(field.world, edge, { claims: CLAIMS, paceMs: 0 });
    await workload.prepare(1);
    await workload.settled(await workload.send(0));
    await field.drained();
    const { verdict } = await judge(field, workload.asked);
    if (!isClean(verdict))
      throw new Error(`Nothing was spoilt, and this was found: ${JSON.stringify(verdict)}`);
    const results: ControlResult[] = [];
    for (const { name, spoil, isFound } of CONTROLS) {
      await spoil(edge, aQuestion(edge));
      await field.drained();
      const caught = isFound((await judge(field, workload.asked)).verdict);
      onProgress(`${name}: ${caught ? 'caught' : 'NOT CAUGHT'}`);
      results.push({ name, caught });
    }
    return results;
  } finally {
    await field.close();
  }
}

const CONTROLS: readonly EdgeControl[] = [
  {
    name: 'request accepted and dropped',
    spoil: (edge, wish) => throughLiar(edge, { ...wish, key: 'key-dropped', conversationId: 'conv-dropped' }),
    isFound: ({ lost }) => lost.some((line) => line.startsWith('request key-dropped: accepted as')),
  },
  {
    name: 'request repeated under a new key',
    spoil: async (edge, wish) => {
      await edge.caller.ask({ ...wish, key: `${wish.key}-again`, waits: 3 }, edge.processes.url);
    },
    isFound: ({ doubled }) =>
      doubled.some((line) => / was sent as /.test(line)) && doubled.some((line) => / 2 times /.test(line)),
  },
  {
    name: 'view row changed',
    spoil: async ({ db }) => {
      await db.updateTable('claims').set({ cause: 'FIRE' }).execute();
    },
    isFound: ({ divergent }) => divergent.some((line) => /^view claims: .*different .* cause/.test(line)),
  },
  {
    name: 'view row gone',
    spoil: async ({ db }) => {
      await db.deleteFrom('claim_payments').execute();
    },
    isFound: ({ divergent }) => divergent.some((line) => /^view claim_payments: .*missing /.test(line)),
  },
  {
    name: 'view goes back',
    spoil: async ({ db }) => {
      await db.updateTable('claims').set({ revision: 1 }).execute();
      await delay(SEEN_WITHIN_MS);
    },
    isFound: ({ divergent }) => divergent.some((line) => / went back from revision /.test(line)),
  },
  {
    // The last: the judgement waits for what never comes.
    name: 'stream resumed without Last-Event-ID',
    spoil: async ({ stream, caller }, wish) => {
      stream.pause();
      await delay(SEEN_WITHIN_MS);
      await caller.carryOut({ ...wish, key: 'key-unseen', conversationId: 'conv-unseen', waits: 3 });
      stream.comeBack({ forgetful: true });
    },
    isFound: ({ lost }) => lost.some((line) => line.endsWith('on the stream')),
  },
];

function aQuestion({ caller }: EdgeField): Wish {
  const found = caller.log.records.find(({ wish }) => wish.path.endsWith('/coverage-questions'));
  if (!found) throw new Error('No question was asked.');
  return found.wish;
}

/** Sends a request to a gateway that answers 202 before anything is on the log, and dies. */
async function throughLiar({ caller }: EdgeField, wish: Wish): Promise<void> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(202, { 'content-type': 'application/json', connection: 'close' });
    response.end(JSON.stringify({ messageId: 'msg-dropped' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  caller.log.begin(wish)(await caller.ask(wish, `http://127.0.0.1:${port}`));
  await new Promise((resolve) => server.close(resolve));
}
