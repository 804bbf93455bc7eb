import type { Clock, Json } from '../contracts.ts';
import type { Branch } from './branch.ts';
import type { Machine } from './definition.ts';
import type { TaskIntegration } from './integration.ts';

/** What running states needs from around it. */
export interface Surroundings {
  readonly integrations: Readonly<Record<string, TaskIntegration>>;
  readonly clock: Clock;
  /** Numbers from 0 to below 1, for jitter. */
  readonly random: () => number;
  readonly region: string;
  readonly roleArn: string;
  /** Called for each state entered and each retry: what Step Functions bills. */
  readonly countTransition: () => void;
}

/** Runs a machine inside a state, as a line of its own. */
export type RunInner = (machine: Machine, input: Json, line: Branch) => Promise<Json>;
