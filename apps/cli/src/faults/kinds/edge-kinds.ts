import { setTimeout as delay } from 'node:timers/promises';
import {
  killPostgres,
  resume,
  suspend,
  whileBrokersDown,
  whilePostgresSuspended,
  whileWaitingForTable,
} from '@aika/testing';
import { DATABASE_TIMEOUT_MS, type EdgeField, edgeOf } from '../edge/edge-field.js';
import type { Draws, FaultKind } from '../fault-kind.js';

const BOTH = [0, 1] as const;
const COMMAND_PARTITIONS = 4;
const LEADER_AWAY_MS = 8_000;
const REACHED_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 5;

/** @throws Error when a run does not come by: a fault that met nothing proves nothing */
async function requestsUnderWay(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + REACHED_WITHIN_MS;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error('No request was under way.');
    await delay(LOOK_EVERY_MS);
  }
}

/**
 * Does something while a projector stands in the middle of a batch: its transaction has moved positions and written
 * events, and waits for a table that somebody else holds.
 */
function withinBatch({ database }: EdgeField, work: () => Promise<void>): Promise<void> {
  const held = { table: 'aika_views.claims', applicationName: 'aika-projector' };
  return whileWaitingForTable({ url: database.url, withinMs: REACHED_WITHIN_MS, ...held }, work);
}

function someRequestUnderWay({ processes, caller }: EdgeField): Promise<void> {
  return requestsUnderWay(() => processes.urls.some((url) => caller.inFlight(url) > 0));
}

async function killProjectors({ processes }: EdgeField): Promise<void> {
  await Promise.all(BOTH.map((n) => processes.app('projector', n).killed()));
}

/** kill -9 while requests wait for their answers from these gateways. */
async function killGateways(edge: EdgeField, numbers: readonly number[]): Promise<void> {
  const { processes, caller } = edge;
  const urls = numbers.map((n) => processes.urls[n] as string);
  await requestsUnderWay(() => urls.every((url) => caller.inFlight(url) > 0));
  await Promise.all(numbers.map((n) => processes.app('gateway', n).killed()));
}

async function restartPostgres(edge: EdgeField, draws: Draws): Promise<void> {
  await killPostgres(edge.postgres);
  await delay(draws.upTo(2_000));
  await edge.postgres.start();
}

const KINDS: readonly FaultKind[] = [
  {
    name: 'projector-killed',
    about:
      'kill -9 of both projectors while a batch stands half written in its transaction; they start again',
    strike: async (field) => {
      const edge = edgeOf(field);
      await withinBatch(edge, () => killProjectors(edge));
      edge.processes.startTheDead();
      await edge.ready();
    },
  },
  {
    name: 'projector-frozen',
    about:
      "SIGSTOP of a projector within a batch, past its session and the database's patience; it goes on as a zombie",
    strike: async (field, draws) => {
      const edge = edgeOf(field);
      const { pid } = edge.processes.app('projector', draws.upTo(2));
      if (pid === undefined) return;
      await withinBatch(edge, () => suspend(pid));
      await delay(Math.max(field.sessionMs, DATABASE_TIMEOUT_MS) * 2);
      resume(pid);
    },
  },
  {
    name: 'gateway-killed',
    about:
      'kill -9 of one of two gateways with requests under way; it starts again, and callers ask the other one',
    strike: async (field, draws) => {
      const edge = edgeOf(field);
      await killGateways(edge, [draws.upTo(2)]);
      edge.processes.startTheDead();
      await edge.ready();
    },
  },
  {
    name: 'all-gateways-killed',
    about: 'kill -9 of both gateways with requests under way; they start again',
    strike: async (field) => {
      const edge = edgeOf(field);
      await killGateways(edge, BOTH);
      edge.processes.startTheDead();
      await edge.ready();
    },
  },
  {
    name: 'postgres-killed',
    about: 'kill -9 of PostgreSQL and all its sessions; it starts again and recovers',
    strike: async (field, draws) => {
      const edge = edgeOf(field);
      await someRequestUnderWay(edge);
      await restartPostgres(edge, draws);
    },
  },
  {
    name: 'postgres-frozen',
    about: 'SIGSTOP of PostgreSQL and all its sessions for longer than a statement may take, then SIGCONT',
    strike: async (field) => {
      const edge = edgeOf(field);
      await someRequestUnderWay(edge);
      await whilePostgresSuspended(edge.postgres, () => delay(DATABASE_TIMEOUT_MS * 2));
    },
  },
  {
    name: 'commands-leader-killed',
    about: 'kill -9 of the broker that leads a partition of the commands, while gateways take requests',
    strike: async (field, draws) => {
      const topic = `${field.world.namespace}.commands`;
      const id = await field.admin.leader({ topic, partition: draws.upTo(COMMAND_PARTITIONS) });
      await someRequestUnderWay(edgeOf(field));
      await whileBrokersDown(field.cluster, [id], () => delay(LEADER_AWAY_MS));
    },
  },
  {
    name: 'edge-killed',
    about: 'kill -9 of both projectors, both gateways and PostgreSQL at once, with requests under way',
    strike: async (field, draws) => {
      const edge = edgeOf(field);
      await killGateways(edge, BOTH);
      await Promise.all([killProjectors(edge), restartPostgres(edge, draws)]);
      edge.processes.startTheDead();
      await edge.ready();
    },
  },
];

/** Projector, gateway and their database; the work comes in over HTTP. */
export const EDGE_KINDS: readonly FaultKind[] = KINDS.map((kind) => ({ ...kind, needs: { edge: true } }));
