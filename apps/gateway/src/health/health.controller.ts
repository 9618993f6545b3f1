import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { topicOf } from '@aika/contracts';
import type { MessageLog } from '@aika/messaging';
import { MESSAGE_LOG } from '@aika/messaging/nest';
import type { Response } from 'express';
import { GatewaySettings } from '../gateway.settings.js';
import { Public } from '../identity/public.decorator.js';
import { PROBES } from '../tokens.js';

/** Asks one thing that the gateway cannot do without. Rejects when it does not answer. */
export interface Probe {
  readonly name: string;
  ask(): Promise<unknown>;
}

/** Or half of what a request may take, if that is less: who asks is to hear which part it is. */
const PATIENCE_MS = 3_000;

/** What operators and orchestrators ask the process. */
@Public()
@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(
    @Inject(MESSAGE_LOG) private readonly log: MessageLog,
    private readonly settings: GatewaySettings,
    @Inject(PROBES) private readonly probes: readonly Probe[],
  ) {}

  /** 200 as long as the process answers. */
  @Get('live')
  live(): object {
    return { state: 'RUNNING', instance: this.settings.instanceId };
  }

  /** 200 when the log and the database answer; else 503. */
  @Get(['', 'ready'])
  async ready(@Res({ passthrough: true }) response: Response): Promise<object> {
    const topic = topicOf(this.settings.namespace, 'commands');
    const log: Probe = { name: 'log', ask: () => this.log.partitionCount(topic) };
    const patienceMs = Math.min(PATIENCE_MS, this.settings.requestTimeoutMs / 2);
    const parts = await Promise.all([log, ...this.probes].map((probe) => probed(probe, patienceMs)));
    const isReady = parts.every(([, answer]) => answer === 'up');
    response.status(isReady ? 200 : 503);
    return { state: isReady ? 'RUNNING' : 'UNAVAILABLE', ...Object.fromEntries(parts) };
  }
}

async function probed({ name, ask }: Probe, patienceMs: number): Promise<readonly [string, 'up' | 'down']> {
  const late = new Promise<'down'>((resolve) => setTimeout(resolve, patienceMs, 'down').unref());
  const answer = ask().then(
    () => 'up' as const,
    () => 'down' as const,
  );
  return [name, await Promise.race([answer, late])];
}
