import 'reflect-metadata';
import { runService } from '@aika/messaging/nest';
import { SealerModule } from './sealer.module.js';
import { SealerSettings } from './sealer.settings.js';

await runService(SealerModule, SealerSettings);
