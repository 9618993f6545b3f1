import 'reflect-metadata';
import { IDENTITY_TASK_VARIABLE } from '@aika/contracts';

const task = process.env[IDENTITY_TASK_VARIABLE];
// Loaded when needed: a token is not to wait for the whole gateway.
if (task) await (await import('./identity/identity-task.js')).runIdentityTask(task);
else await (await import('./run-gateway.js')).runGateway();
