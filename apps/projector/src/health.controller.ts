import { Controller, Inject } from '@nestjs/common';
import { ProcessHealth } from '@aika/messaging/nest';
import { Projector, type ProjectorStatus } from './projector.js';

/** Ready while it brings records into the views. */
@Controller('health')
export class HealthController extends ProcessHealth<ProjectorStatus> {
  constructor(@Inject(Projector) private readonly projector: Projector) {
    super();
  }

  protected status(): ProjectorStatus {
    return this.projector.status();
  }
}
