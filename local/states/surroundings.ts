import type { Clock } from '../contracts.ts';
import type { Chance } from './functions.ts';
import type { TaskIntegration } from './integration.ts';
import type { TaskTokens } from './task-tokens.ts';

/** What running states needs from around it. */
export interface Surroundings {
  readonly integrations: Readonly<Record<string, TaskIntegration>>;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly tokens: TaskTokens;
  readonly region: string;
  readonly roleArn: string;
  /** Called for each state entered and each retry: what Step Functions bills. */
  readonly countTransition: () => void;
}
