import 'reflect-metadata';
import { runService } from '@aika/messaging/nest';
import { ProjectorModule } from './projector.module.js';
import { ProjectorSettings } from './projector.settings.js';
import { runViewsTask, VIEWS_TASK_VARIABLE } from './rebuild/views-task.js';

const task = process.env[VIEWS_TASK_VARIABLE];
if (task === undefined || task === '') await runService(ProjectorModule, ProjectorSettings);
else await runViewsTask(task);
