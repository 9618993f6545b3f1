import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { Sealer } from './sealer.js';

/** What operators and orchestrators ask a process. */
@Controller('health')
export class HealthController {
  constructor(@Inject(Sealer) private readonly sealer: Sealer) {}

  /** 200 while it works or waits for the log; 503 when it has stopped. */
  @Get('live')
  live(): object {
    const status = this.sealer.status();
    if (status.state === 'STOPPED') throw new ServiceUnavailableException(status);
    return status;
  }

  /** 200 while it seals all of its partitions; else 503. */
  @Get('ready')
  ready(): object {
    const status = this.sealer.status();
    const isSealing = status.state === 'RUNNING' && Object.keys(status.broken).length === 0;
    if (!isSealing) throw new ServiceUnavailableException(status);
    return status;
  }

  @Get()
  health(): object {
    return this.sealer.status();
  }
}
