import { Inject, Injectable } from '@nestjs/common';
import { AikaTransport } from './aika.transport.js';
import { TRANSPORT } from './tokens.js';

/** The shape that `@nestjs/terminus` expects of an indicator's result. */
export type AikaHealthResult<Key extends string> = Record<
  Key,
  { readonly status: 'up' | 'down'; readonly [detail: string]: unknown }
>;

/**
 * The agent's health for `HealthCheckService.check([() => aika.isHealthy('agent')])` of `@nestjs/terminus`, and for
 * whoever reads it directly. Up is an agent that owns its partitions and knows of nothing that needs a person.
 */
@Injectable()
export class AikaHealthIndicator {
  constructor(@Inject(TRANSPORT) private readonly transport: AikaTransport) {}

  isHealthy<const Key extends string>(key: Key): AikaHealthResult<Key> {
    const runtime = this.transport.runtimeStatus();
    const isUp = runtime?.state === 'RUNNING' && runtime.stuckEffects === 0;
    const result = { ...runtime, state: runtime?.state ?? 'STARTING', status: isUp ? 'up' : 'down' };
    return { [key]: result } as unknown as AikaHealthResult<Key>;
  }
}
