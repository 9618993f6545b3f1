import 'reflect-metadata';
import { runAgent } from '@aika/messaging/nest';
import { RiskAgentModule } from './risk-agent.module.js';

await runAgent(RiskAgentModule);
