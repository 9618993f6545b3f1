import { setTimeout as delay } from 'node:timers/promises';
import { resume, suspend } from '@aika/testing';
import type { AgentApp } from '../../processes/agent-fleet.js';
import type { FaultField, Instance } from '../fault-field.js';
import type { Draws, FaultKind } from '../fault-kind.js';

/** Those that a claim goes through more than once. */
const BUSY_APPS: readonly AgentApp[] = ['claims-agent', 'policy-agent', 'risk-agent'];
const STORM_ROUNDS = 4;

function anInstance(draws: Draws): Instance {
  return { app: draws.pick(BUSY_APPS), number: draws.upTo(2) };
}

async function restart(field: FaultField, instance: Instance): Promise<void> {
  await field.agent(instance).stop();
  field.start(instance);
}

/** Longer than a session: its partitions go to the other instance while it believes to own them. */
async function freeze(field: FaultField, instance: Instance): Promise<void> {
  const { pid } = field.agent(instance);
  if (pid === undefined) return;
  await suspend(pid);
  await delay(field.sessionMs * 2);
  resume(pid);
}

/** Whole processes that die, freeze, or come and go. */
export const AGENT_KINDS: readonly FaultKind[] = [
  {
    name: 'agent-killed',
    about: 'kill -9 of one instance, which starts again',
    strike: async (field, draws) => {
      const instance = anInstance(draws);
      await field.kill(instance);
      field.start(instance);
    },
  },
  {
    name: 'agent-killed-for-good',
    about: 'kill -9 of one instance, which stays away until the other has taken over',
    strike: async (field, draws) => {
      const instance = anInstance(draws);
      await field.kill(instance);
      await delay(field.sessionMs * 2);
      field.start(instance);
    },
  },
  {
    name: 'all-instances-killed',
    about: 'kill -9 of all instances of one agent, which start again',
    strike: async (field, draws) => {
      const app = draws.pick(BUSY_APPS);
      const instances = [0, 1].map((number) => ({ app, number }));
      await Promise.all(instances.map((instance) => field.kill(instance)));
      for (const instance of instances) field.start(instance);
    },
  },
  {
    name: 'agent-frozen',
    about: 'SIGSTOP of an instance past its session, then SIGCONT: a zombie that goes on',
    strike: (field, draws) => freeze(field, anInstance(draws)),
  },
  {
    name: 'rolling-restart',
    about: 'every instance of an agent is stopped and started, one after the other',
    strike: async (field, draws) => {
      const app = draws.pick(BUSY_APPS);
      for (const number of [0, 1]) {
        await restart(field, { app, number });
        await field.ready({ app, number });
      }
    },
  },
  {
    name: 'rebalance-storm',
    about: 'an instance leaves and joins again and again',
    strike: async (field, draws) => {
      const instance = anInstance(draws);
      for (let round = 0; round < STORM_ROUNDS; round++) {
        if (draws.next() < 0.5) await field.kill(instance);
        else await field.agent(instance).stop();
        field.start(instance);
        await delay(draws.upTo(1500));
      }
    },
  },
];
