import type { Json } from '../contracts.ts';
import type { Generators } from './functions.ts';

/** What a Task calls with: for whom, and as whom. */
export interface TaskCaller {
  readonly executionArn: string;
  readonly stateName: string;
  /** The machine's own role. */
  readonly roleArn: string;
  /** The role of the state's Credentials, in which the task is called instead. */
  readonly assumedRoleArn?: string;
  readonly generators: Pick<Generators, 'now' | 'newId'>;
}

/**
 * What a Task calls.
 * @throws TaskFailure with the error name that the state machine sees
 */
export type TaskIntegration = (args: Json, caller: TaskCaller) => Promise<Json>;

/** Finds what a Task calls by its `Resource`, without the part that says how it waits; undefined for what is not provided here. */
export type Integrations = (called: string) => TaskIntegration | undefined;

/** These integrations and no other ones. */
export const onlyIntegrations =
  (byResource: Readonly<Record<string, TaskIntegration>>): Integrations =>
  (called) =>
    Object.hasOwn(byResource, called) ? byResource[called] : undefined;
