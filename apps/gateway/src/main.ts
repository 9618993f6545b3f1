import 'reflect-metadata';
import { IDENTITY_TASK_VARIABLE, runIdentityTask } from './identity/identity-task.js';
import { runGateway } from './run-gateway.js';

const task = process.env[IDENTITY_TASK_VARIABLE];
if (task === undefined || task === '') await runGateway();
else await runIdentityTask(task);
