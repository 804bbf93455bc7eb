import type { Json } from '../contracts.ts';
import type { Generators } from './functions.ts';

/**
 * What a Task calls: the optimised integration behind its `Resource`.
 * @throws TaskFailure with the error name that the state machine sees
 */
export type TaskIntegration = (
  args: Json,
  context: {
    readonly executionArn: string;
    readonly stateName: string;
    readonly roleArn: string;
    readonly generators: Pick<Generators, 'now' | 'newId'>;
  },
) => Promise<Json>;
