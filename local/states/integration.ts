import type { Json } from '../contracts.ts';

/**
 * What a Task calls: the optimised integration behind its `Resource`.
 * @throws TaskFailure with the error name that the state machine sees
 */
export type TaskIntegration = (
  args: Json,
  context: { readonly executionArn: string; readonly stateName: string; readonly roleArn: string },
) => Promise<Json>;
