import 'reflect-metadata';
import { runAgent } from '@aika/messaging/nest';
import { CustomerAgentModule } from './customer-agent.module.js';
import { customerAgent } from './customer.agent.js';

await runAgent(customerAgent, CustomerAgentModule, { defaultPort: 3104 });
