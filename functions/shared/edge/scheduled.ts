import { reported } from './faults.ts';

/** The middleware of a function that runs on a schedule. What it throws is logged; the next run is the retry. */
export const scheduledHandler = (handle: () => Promise<void>) => async (): Promise<void> => {
  try {
    await handle();
  } catch (error) {
    throw reported(error, 'A scheduled run failed.');
  }
};
