import { Controller, Inject } from '@nestjs/common';
import { ProcessHealth } from '@aika/messaging/nest';
import { Sealer, type SealerStatus } from './sealer.js';

/** Ready while it seals all of its partitions. */
@Controller('health')
export class HealthController extends ProcessHealth<SealerStatus> {
  constructor(@Inject(Sealer) private readonly sealer: Sealer) {
    super();
  }

  protected status(): SealerStatus {
    return this.sealer.status();
  }

  protected override isReady(status: SealerStatus): boolean {
    return super.isReady(status) && Object.keys(status.broken).length === 0;
  }
}
