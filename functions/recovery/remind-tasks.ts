import type { Handler } from 'aws-lambda';
import { scheduledHandler } from '../shared/edge/scheduled.ts';
import { type RemindDeps, remindTasks } from './application/remind-tasks.ts';
import { reminding } from './composition.ts';

/** Runs on schedule: counts the tasks that wait for people, and looks after those that are overdue. */
export const makeHandler = (deps: RemindDeps) => scheduledHandler(({ time }) => remindTasks(deps, Date.parse(time)));

export const handler: Handler = makeHandler(reminding());
