import type { EventBridgeEvent } from 'aws-lambda';
import { reported } from './faults.ts';

/** What a rule on schedule says to its function: `time` is when it was due, ISO 8601. */
export type Scheduled = Pick<EventBridgeEvent<'Scheduled Event', unknown>, 'time'>;

/** The middleware of a function that runs on a schedule. What it throws is logged; the next run is the retry. */
export const scheduledHandler =
  (handle: (event: Scheduled) => Promise<void>) =>
  async (event: Scheduled): Promise<void> => {
    try {
      await handle(event);
    } catch (error) {
      throw reported(error, 'A scheduled run failed.');
    }
  };
