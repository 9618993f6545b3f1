import { Controller, Inject } from '@nestjs/common';
import type { AgentManifest } from '../agent/index.js';
import { AikaTransport } from './aika.transport.js';
import { ProcessHealth } from './process-health.js';
import { AGENT, TRANSPORT } from './tokens.js';

/** Live also while it rebuilds its state; ready when it is a member of its group and has caught its partitions. */
@Controller('health')
export class HealthController extends ProcessHealth {
  constructor(
    @Inject(TRANSPORT) private readonly transport: AikaTransport,
    @Inject(AGENT) private readonly agent: AgentManifest,
  ) {
    super();
  }

  protected status() {
    const runtime = this.transport.runtimeStatus();
    return { agent: this.agent.id, ...runtime, state: runtime?.state ?? 'STARTING' };
  }
}
