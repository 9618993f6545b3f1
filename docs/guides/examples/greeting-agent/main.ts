import 'reflect-metadata';
import { runAgent } from '@aika/messaging/nest';
import { GreetingAgentModule } from './greeting-agent.module.js';

await runAgent(GreetingAgentModule);
