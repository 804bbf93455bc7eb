import { QueryCache, QueryClient } from '@tanstack/react-query';
import { availability } from './availability.ts';
import { ApiProblem, isAway } from './problem.ts';

/** How often what is shown is asked for again while its tab is seen. */
export const EVERY = { runningOrder: 2_000, list: 5_000, health: 15_000, badge: 60_000 } as const;

const MOST_TRIES = 2;
/** Of one page of many: when it cannot be read, all others were read in vain. */
const MOST_TRIES_OF_MANY = 8;
const TOO_MANY_REQUESTS = 429;
const LONGEST_WAIT_MS = 15_000;

/** Polling stops in hidden tabs (react-query's default) and goes on at once when they are seen again. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (isAway(error)) availability.report(true);
    },
    onSuccess: () => availability.report(false),
  }),
  defaultOptions: {
    queries: {
      staleTime: 1_000,
      // What the API refuses, it refuses again; only what is away may come back.
      retry: (failures, error) => failures < MOST_TRIES && isAway(error),
      retryDelay: (failures, error) =>
        error instanceof ApiProblem && error.retryAfterSeconds !== undefined
          ? error.retryAfterSeconds * 1_000
          : Math.min(1_000 * 2 ** failures, LONGEST_WAIT_MS),
      // The browser's idea of being online says nothing of whether the API answers.
      networkMode: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Whether a page of many is asked for again: what has been read would be lost. */
export const retryOfMany = (failures: number, error: unknown): boolean =>
  failures < MOST_TRIES_OF_MANY &&
  (isAway(error) || (error instanceof ApiProblem && error.status === TOO_MANY_REQUESTS));
