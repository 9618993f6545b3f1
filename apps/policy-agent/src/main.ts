import 'reflect-metadata';
import { runAgent } from '@aika/messaging/nest';
import { PolicyAgentModule } from './policy-agent.module.js';

await runAgent(PolicyAgentModule);
