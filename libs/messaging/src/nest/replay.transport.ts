import { replayHistory, type ReplayOptions, type ReplayReport } from '../replay/index.js';
import { AikaTransport } from './aika.transport.js';

/**
 * Takes the handlers that Nest has found and wrapped, as the agent's own transport does, and does the agent's
 * history again with them. Joins no group and runs no effect.
 */
export class ReplayTransport extends AikaTransport {
  override listen(callback: (error?: unknown) => void): void {
    callback();
  }

  /** Once Nest has started the transport. @throws ReplayError, LogError */
  async replay(options: Pick<ReplayOptions, 'request' | 'signal' | 'onProgress'>): Promise<ReplayReport> {
    return replayHistory({ ...this.transportOptions, ...this.agentHandlers(), ...options });
  }
}
