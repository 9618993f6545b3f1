import 'reflect-metadata';
import { runProjector } from './run-projector.js';
import { runViewsTask, VIEWS_TASK_VARIABLE } from './rebuild/views-task.js';

const task = process.env[VIEWS_TASK_VARIABLE];
if (task === undefined || task === '') await runProjector();
else await runViewsTask(task);
