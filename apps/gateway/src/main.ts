import 'reflect-metadata';

const task = process.env['AIKA_IDENTITY_TASK'];
// Loaded when needed: a token is not to wait for the whole gateway.
if (task) await (await import('./identity/identity-task.js')).runIdentityTask(task);
else await (await import('./run-gateway.js')).runGateway();
