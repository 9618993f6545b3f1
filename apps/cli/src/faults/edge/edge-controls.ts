import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { ControlResult } from '../campaign-report.js';
import { type Control, type ControlsOptions, controlsOf } from '../controls.js';
import type { FaultField } from '../fault-field.js';
import { type EdgeField, edgeOf } from './edge-field.js';
import { EdgeWorkload } from './edge-workload.js';
import type { Wish } from './request-log.js';

interface EdgeControl extends Pick<Control, 'name' | 'isFound'> {
  /** Does from outside what the gateway or the projector must never do. */
  readonly spoil: (edge: EdgeField, wish: Wish) => Promise<void>;
}

const CLAIMS = 2;
/** The reader of the views comes by many times. */
const SEEN_WITHIN_MS = 1_500;

/** Controls of projector and gateway, in a world in which nothing else fails. */
export function edgeControls(options: ControlsOptions): Promise<readonly ControlResult[]> {
  options.onProgress('negative controls of the edge');
  const workloadOf = (field: FaultField) =>
    new EdgeWorkload(field.world, edgeOf(field), { claims: CLAIMS, paceMs: 0 });
  const controls = CONTROLS.map(({ spoil, ...control }) => ({
    ...control,
    spoil: async (field: FaultField): Promise<void> => {
      const edge = edgeOf(field);
      await spoil(edge, aQuestion(edge));
      await field.drained();
    },
  }));
  return controlsOf({ edge: true }, controls, workloadOf, options);
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
