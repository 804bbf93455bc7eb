import type { ServiceContext } from '../../contracts.ts';
import type { Declared } from '../../declared.ts';
import type { Activities } from '../activities.ts';
import type { Catalogue } from '../catalogue.ts';
import type { Definitions } from '../definitions.ts';
import type { Environment } from '../environment.ts';
import type { Executions } from '../executions.ts';
import type { ExpressExecutions } from '../express.ts';
import type { Journal } from '../journal.ts';
import type { TaskTokens } from '../task-tokens.ts';

/** What the operations work on. */
export interface ApiParts {
  readonly context: Pick<ServiceContext, 'clock' | 'region' | 'account'>;
  readonly catalogue: Catalogue;
  readonly declared: Declared;
  readonly definitions: Definitions;
  readonly executions: Executions;
  readonly express: ExpressExecutions;
  readonly journal: Journal;
  readonly tokens: TaskTokens;
  readonly activities: Activities;
  /** What states need that run outside an execution. */
  readonly environment: (roleArn: string) => Environment;
  /** Numbers from 0 to below 1, for the routes of aliases. */
  readonly random: () => number;
}
