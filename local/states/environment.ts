import type { Clock } from '../contracts.ts';
import type { Generators } from './functions.ts';
import type { TaskIntegration } from './integration.ts';
import type { TaskTokens } from './task-tokens.ts';

/** What states need of the engine while they run. */
export interface Environment {
  readonly integrations: Readonly<Record<string, TaskIntegration>>;
  readonly clock: Clock;
  readonly generators: Generators;
  readonly tokens: TaskTokens;
  readonly region: string;
  readonly roleArn: string;
  /** Called for each state entered and each retry: what Step Functions bills. */
  readonly countTransition: () => void;
}
