import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import type { AgentManifest } from '../agent/index.js';
import { AikaTransport } from './aika.transport.js';
import { AGENT, TRANSPORT } from './tokens.js';

/** What operators and orchestrators ask a process. */
@Controller('health')
export class HealthController {
  constructor(
    @Inject(TRANSPORT) private readonly transport: AikaTransport,
    @Inject(AGENT) private readonly agent: AgentManifest,
  ) {}

  /** 200 while the process does its work or is rebuilding it; 503 when it has stopped. */
  @Get('live')
  live(): object {
    const status = this.status();
    if (status.state === 'STOPPED') throw new ServiceUnavailableException(status);
    return status;
  }

  /** 200 when it is a member of its group and has caught its partitions; else 503. */
  @Get('ready')
  ready(): object {
    const status = this.status();
    if (status.state !== 'RUNNING') throw new ServiceUnavailableException(status);
    return status;
  }

  @Get()
  health(): object {
    return this.status();
  }

  private status() {
    const runtime = this.transport.runtimeStatus();
    return { agent: this.agent.id, ...runtime, state: runtime?.state ?? 'STARTING' };
  }
}
