import type { EventBridgeEvent } from 'aws-lambda';
import { reported } from '../shared/edge/faults.ts';
import { type RemindDeps, remindTasks } from './application/remind-tasks.ts';
import { reminding } from './composition.ts';

type Scheduled = Pick<EventBridgeEvent<'Scheduled Event', unknown>, 'time'>;

/** Runs on schedule: counts the tasks that wait for people, and looks after those that are overdue. */
export const makeHandler =
  (deps: RemindDeps) =>
  async ({ time }: Scheduled): Promise<void> => {
    try {
      await remindTasks(deps, Date.parse(time));
    } catch (error) {
      throw reported(error, 'Overdue tasks could not be looked after.');
    }
  };

export const handler: (event: Scheduled) => Promise<void> = makeHandler(reminding());
