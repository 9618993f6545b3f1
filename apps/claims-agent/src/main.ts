import 'reflect-metadata';
import { runAgent } from '@aika/messaging/nest';
import { ClaimsAgentModule } from './claims-agent.module.js';

await runAgent(ClaimsAgentModule);
