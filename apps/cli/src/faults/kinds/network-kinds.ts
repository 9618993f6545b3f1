import { setTimeout as delay } from 'node:timers/promises';
import type { ApiName, ProxyFault } from '@aika/testing';
import type { FaultField } from '../fault-field.js';
import type { Draws, FaultKind } from '../fault-kind.js';

const proxied = { proxied: true } as const;
const BROKERS = [1, 2, 3] as const;
const LASTS_MS = 4_000;

async function whileInForce(fault: ProxyFault, ms: number): Promise<void> {
  try {
    await delay(ms);
  } finally {
    fault.clear();
  }
}

/** The request is carried out; whoever sent it never hears of it. */
function answerLost(api: ApiName, about: string): FaultKind {
  return {
    name: `answer-lost-${api}`,
    about,
    needs: proxied,
    strike: async (field: FaultField, draws: Draws) => {
      const action = draws.next() < 0.5 ? 'reset-after' : 'drop';
      const direction = action === 'drop' ? 'answer' : 'request';
      const fault = field.proxy.add({ api, action, direction, after: draws.upTo(6), count: 2 });
      await fault.hit(1).finally(() => fault.clear());
    },
  };
}

/** Between agents and brokers; the brokers among themselves are sound. */
export const NETWORK_KINDS: readonly FaultKind[] = [
  answerLost('EndTxn', 'the answer to a commit is lost: its outcome is unknown'),
  answerLost('TxnOffsetCommit', 'the answer to the offsets of a transaction is lost'),
  answerLost('Produce', 'the answer to a write is lost'),
  answerLost('AddPartitionsToTxn', 'the answer to the begin of a transaction is lost'),
  answerLost('Heartbeat', 'the answers to heartbeats are lost'),
  {
    name: 'commit-too-late',
    about: 'the request to commit arrives when the broker has aborted the transaction for its age',
    needs: proxied,
    strike: async (field, draws) => {
      const delayMs = field.sessionMs + 1500;
      const late = { api: 'EndTxn', direction: 'request', action: 'delay', delayMs } as const;
      const fault = field.proxy.add({ ...late, after: draws.upTo(6), count: 1 });
      await fault.hit(1).finally(() => fault.clear());
    },
  },
  {
    name: 'network-slow',
    about: 'every frame takes up to 400 ms longer',
    needs: proxied,
    strike: async (field, draws) =>
      whileInForce(field.proxy.add({ action: 'delay', delayMs: 100 + draws.upTo(300) }), LASTS_MS),
  },
  {
    name: 'network-resets',
    about: 'connections are cut again and again, in the middle of requests and answers',
    needs: proxied,
    strike: async (field, draws) => {
      const seed = draws.upTo(1_000_000);
      await whileInForce(field.proxy.add({ action: 'reset', probability: 0.02, seed }), LASTS_MS);
    },
  },
  {
    name: 'broker-unreachable',
    about: 'the agents hear nothing of a broker for longer than their session, and it nothing of them',
    needs: proxied,
    strike: (field, draws) => whileInForce(field.proxy.blackHole(draws.pick(BROKERS)), field.sessionMs * 1.5),
  },
];
