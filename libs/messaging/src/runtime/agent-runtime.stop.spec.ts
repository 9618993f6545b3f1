import { describe, expect, it } from '@jest/globals';
import { LogError, type MessageLog } from '../ports/index.js';
import { AgentRuntime } from './agent-runtime.js';
import { silentLogger } from './runtime-logger.js';
import { catalogue, counterAgent } from './suite/counter-agent.fixtures.js';

const noWork = (): undefined => undefined;

/** A log that takes the question to join and never answers it, until it is closed. */
function silentLog(): { readonly log: MessageLog; readonly asked: Promise<void> } {
  const asked = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<never>();
  const log: Partial<MessageLog> = {
    partitionCount: () => Promise.resolve(4),
    joinGroup: () => {
      asked.resolve();
      return answer.promise;
    },
    close: () => {
      answer.reject(new LogError('CLOSED', 'the log is closed', false));
      return Promise.resolve();
    },
  };
  return { log: log as MessageLog, asked: asked.promise };
}

describe('the stop of an agent', () => {
  it('does not wait for ever for a log that does not answer', async () => {
    const { log, asked } = silentLog();
    const runtime = new AgentRuntime({
      agent: counterAgent,
      log,
      namespace: 'rt',
      instanceId: 'one',
      catalogue,
      handlers: new Map(counterAgent.handles.map(({ type }) => [type, noWork])),
      effects: new Map([['confirm', () => Promise.reject(new Error('not asked for'))]]),
      logger: silentLogger,
      settings: { stopTimeoutMs: 20 },
    });
    runtime.start();
    await asked;
    await runtime.stop();
    expect(runtime.status().state).toBe('STOPPED');
  });
});
