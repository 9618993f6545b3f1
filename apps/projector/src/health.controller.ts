import { Controller, Get, Inject, ServiceUnavailableException } from '@nestjs/common';
import { Projector } from './projector.js';

/** What operators and orchestrators ask a process. */
@Controller('health')
export class HealthController {
  constructor(@Inject(Projector) private readonly projector: Projector) {}

  /** 200 while it works or waits for the database or the log; 503 when it has stopped. */
  @Get('live')
  live(): object {
    const status = this.projector.status();
    if (status.state === 'STOPPED') throw new ServiceUnavailableException(status);
    return status;
  }

  /** 200 while it brings records into the views; else 503. */
  @Get('ready')
  ready(): object {
    const status = this.projector.status();
    if (status.state !== 'RUNNING') throw new ServiceUnavailableException(status);
    return status;
  }

  @Get()
  health(): object {
    return this.projector.status();
  }
}
