import 'reflect-metadata';
import { runAgent } from '@aika/messaging/nest';
import { CustomerAgentModule } from './customer-agent.module.js';

await runAgent(CustomerAgentModule);
