import { setTimeout as delay } from 'node:timers/promises';
import { FileClaim, RegisterCustomer, SendConversationMessage } from '@aika/contracts';
import type { MessageSender, OutgoingMessage } from '@aika/messaging';
import type { ViewsDatabase } from '@aika/views';
import type { BenchCluster } from '../cluster/bench-cluster.js';
import { daysAgo, insure, type Insured } from '../workload/insured.js';
import type { Person } from './load-plan.js';
import { recordsBehind } from './view-lag.js';

const PORTION = 100;
/** Between two portions, so that what they cause does not pile up. */
const PAUSE_MS = 500;
const POLL_MS = 1_000;

/** Registered customers with a policy each, through the agents; every second one with a claim and a conversation. */
export async function fillCustomers(
  cluster: BenchCluster,
  sender: MessageSender,
  count: number,
  signal: AbortSignal,
): Promise<readonly Person[]> {
  const people = (await insure(cluster, sender, count, signal)).map(personOf);
  for (let from = 0; from < people.length; from += PORTION) {
    await sender.sendAll(people.slice(from, from + PORTION).flatMap(commandsOf));
    await delay(PAUSE_MS, undefined, { signal });
  }
  return people;
}

function personOf({ customerId, policyId }: Insured, n: number): Person {
  if (n % 2 === 1) return { customerId, policyId };
  return { customerId, policyId, claimId: `clm-${customerId}`, conversationId: `con-${customerId}` };
}

function commandsOf({ customerId, policyId, claimId, conversationId }: Person): readonly OutgoingMessage[] {
  return [
    { definition: RegisterCustomer, payload: { customerId, channels: ['LOG'] } },
    ...(claimId === undefined
      ? []
      : [{ definition: FileClaim, payload: { ...loss(), customerId, policyId, claimId } }]),
    ...(conversationId === undefined
      ? []
      : ['Is hail covered?', 'The bonnet is dented.'].map((text) => ({
          definition: SendConversationMessage,
          payload: { customerId, conversationId, text },
        }))),
  ];
}

function loss() {
  return {
    lossAt: daysAgo(10),
    reportedAt: daysAgo(9),
    cause: 'HAIL',
    estimatedLoss: { amount: 60_000, currency: 'GBP' },
  };
}

/** Resolves when nothing more comes and the views know of all of it. */
export async function untilQuiet(
  { log }: BenchCluster,
  db: ViewsDatabase,
  signal: AbortSignal,
): Promise<void> {
  for (let quiet = 0; quiet < 2;) {
    await delay(POLL_MS, undefined, { signal });
    quiet = (await recordsBehind(log, db)) === 0 ? quiet + 1 : 0;
  }
}
