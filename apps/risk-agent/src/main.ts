import 'reflect-metadata';
import { runAgent } from '@aika/messaging/nest';
import { RiskAgentModule } from './risk-agent.module.js';
import { riskAgent } from './risk.agent.js';

await runAgent(riskAgent, RiskAgentModule, { defaultPort: 3101 });
