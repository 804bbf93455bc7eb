import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { GROUPS } from './cases.ts';
import type { GroupOutcome } from './run-group.ts';

interface Done {
  readonly index: number;
  readonly outcome: GroupOutcome;
}

/** Runs all groups on so many threads, each taking the next one when it is free. Rejects when a thread ends with an error. */
export async function runGroups(
  workers: number,
  only: readonly string[],
  onDone: (outcome: GroupOutcome) => void,
): Promise<GroupOutcome[]> {
  const outcomes: GroupOutcome[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData: { only } });
    try {
      while (next < GROUPS.length) {
        const index = next++;
        worker.postMessage(index);
        // Rejects when the thread ends with an error.
        const [{ outcome }] = (await once(worker, 'message')) as [Done];
        outcomes[index] = outcome;
        onDone(outcome);
      }
    } finally {
      await worker.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(workers, GROUPS.length) }, work));
  return outcomes;
}
