import { describe, expect, it } from '@jest/globals';
import { catalogue } from '@aika/contracts';
import type { AgentManifest } from '@aika/messaging';
import { claimsAgent } from '../apps/claims-agent/src/claims.agent.js';
import { customerAgent } from '../apps/customer-agent/src/customer.agent.js';
import { policyAgent } from '../apps/policy-agent/src/policy.agent.js';
import { riskAgent } from '../apps/risk-agent/src/risk.agent.js';

const agents: readonly AgentManifest[] = [riskAgent, policyAgent, claimsAgent, customerAgent];

/** Commands that people and other systems send, and an agent's own timers: no agent emits these. */
const fromOutside = (topic: string): boolean => topic === 'commands';
const ownTimer = (type: string, agent: AgentManifest): boolean =>
  catalogue.get(type)?.topic === agent.inbox && catalogue.get(type)?.owner === agent.id;

describe('the agents together', () => {
  it('handle every command of the catalogue, each by its one owner', () => {
    const handlers = catalogue.commands().map(({ type, owner }) => ({
      type,
      owner,
      handledBy: agents
        .filter((agent) => agent.handles.some((handled) => handled.type === type))
        .map(({ id }) => id),
    }));
    // A command that any agent owns is for the runtime of the agent that it names.
    const owned = handlers.filter(({ owner }) => owner !== 'any');
    expect(owned.filter(({ owner, handledBy }) => handledBy.join() !== owner)).toEqual([]);
  });

  it('have a producer for everything that they handle', () => {
    const emitted = new Set(agents.flatMap((agent) => agent.emits.map(({ type }) => type)));
    const orphans = agents.flatMap((agent) =>
      agent.handles
        .filter(({ type, topic }) => !emitted.has(type) && !fromOutside(topic) && !ownTimer(type, agent))
        .map(({ type }) => `${agent.id} ← ${type}`),
    );
    expect(orphans).toEqual([]);
  });

  it('emit every event of the catalogue, each from its owner', () => {
    const strangers = agents.flatMap((agent) =>
      agent.emits
        .filter(({ kind, owner }) => kind === 'event' && owner !== 'any' && owner !== agent.id)
        .map(({ type }) => `${agent.id} → ${type}`),
    );
    expect(strangers).toEqual([]);
    const emitted = new Set(agents.flatMap((agent) => agent.emits.map(({ type }) => type)));
    // Audit lines are the runtime's, beside every audited event.
    const missing = catalogue.events().filter(({ type }) => !emitted.has(type) && type !== 'AUDIT_RECORDED');
    expect(missing.map(({ type }) => type)).toEqual([]);
  });

  it('send commands to agents that exist, and have one steward', () => {
    const ids = new Set(agents.map(({ id }) => id));
    const lost = agents.flatMap((agent) =>
      agent.emits.filter(({ kind, owner }) => kind === 'command' && !ids.has(owner)),
    );
    expect(lost.map(({ type }) => type)).toEqual([]);
    expect(agents.filter(({ steward }) => steward).map(({ id }) => id)).toEqual(['customer-service-agent']);
  });
});
