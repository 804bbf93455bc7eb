/** Runs groups of cases beside other threads: is sent the number of a group, and answers with its outcomes. */
import { parentPort, workerData } from 'node:worker_threads';
import { GROUPS } from './cases.ts';
import { runGroup } from './run-group.ts';

const { only } = workerData as { readonly only: readonly string[] };
const port = parentPort!;

port.on('message', (index: number) => {
  runGroup(GROUPS[index]!, only).then(
    (outcome) => port.postMessage({ index, outcome }),
    (error: unknown) => {
      throw error;
    },
  );
});
