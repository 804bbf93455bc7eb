import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  InvalidToken,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { sdkClient } from '../../shared/edge/sdk-client.ts';
import { type Executions, type FoundExecution, type HistoryPage, PageExpired } from '../application/execution-ports.ts';
import type { Execution } from '../domain/executions.ts';
import { runName } from '../domain/next-move.ts';
import type { Machine } from '../domain/unfinished-work.ts';
import { eventOf } from './execution-history.ts';

/** The executions of the sagas in Step Functions. */
export class StepFunctionsExecutions implements Executions {
  /** What the ARNs of a machine's executions begin with, without the last colon. */
  readonly #machines: Readonly<Record<Machine, string>>;
  readonly #client: SFNClient;

  constructor(machines: Readonly<Record<Machine, string>>, client = sdkClient(SFNClient, { maxAttempts: 3 })) {
    this.#machines = machines;
    this.#client = client;
  }

  async find(execution: Execution): Promise<FoundExecution | undefined> {
    const arn = this.#arnOf(execution);
    const found = await whereItIs(this.#client.send(new DescribeExecutionCommand({ executionArn: arn })));
    return (
      found && {
        status: found.status!,
        startedAt: found.startDate!.toISOString(),
        ...(found.stopDate ? { endedAt: found.stopDate.toISOString() } : {}),
        arn,
      }
    );
  }

  async history(
    execution: Execution,
    limit: number,
    order: 'oldest-first' | 'newest-first',
    after?: string,
  ): Promise<HistoryPage | undefined> {
    const page = await whereItIs(
      this.#client.send(
        new GetExecutionHistoryCommand({
          executionArn: this.#arnOf(execution),
          maxResults: limit,
          reverseOrder: order === 'newest-first',
          nextToken: after,
        }),
      ),
    );
    return page && { events: (page.events ?? []).map(eventOf), ...(page.nextToken ? { next: page.nextToken } : {}) };
  }

  #arnOf = ({ run, count }: Execution): string => `${this.#machines[run.machine]}:${runName(run, count)}`;
}

async function whereItIs<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    if (error instanceof InvalidToken) {
      throw new PageExpired('Step Functions does not know this page.', { cause: error });
    }
    throw error;
  }
}
