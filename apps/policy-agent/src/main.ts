import 'reflect-metadata';
import { runAgent } from '@aika/messaging/nest';
import { PolicyAgentModule } from './policy-agent.module.js';
import { policyAgent } from './policy.agent.js';

await runAgent(policyAgent, PolicyAgentModule, { defaultPort: 3102 });
