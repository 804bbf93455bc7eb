import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { sdkClient } from '../../shared/edge/sdk-client.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { Runs } from '../application/sweep-ports.ts';
import { type RunStatus, runName } from '../domain/next-move.ts';
import type { Machine, Run } from '../domain/unfinished-work.ts';

/** The executions of the sagas in Step Functions, which knows them by their names for 90 days. */
export class StepFunctionsRuns implements Runs {
  /** The ARNs of the machines' live aliases. */
  readonly #machines: Readonly<Record<Machine, string>>;
  readonly #client: SFNClient;

  constructor(machines: Readonly<Record<Machine, string>>, client = sdkClient(SFNClient, { maxAttempts: 3 })) {
    this.#machines = machines;
    this.#client = client;
  }

  async statuses(run: Run): Promise<RunStatus[]> {
    const found: RunStatus[] = [];
    for (;;) {
      const status = await this.#status(run, runName(run, found.length + 1));
      if (status === undefined) return found;
      found.push(status);
    }
  }

  async start({ machine, changeId }: Run, name: string, orderId: OrderId): Promise<void> {
    const input = JSON.stringify({ orderId, ...(changeId === undefined ? {} : { changeId }) });
    try {
      await this.#client.send(new StartExecutionCommand({ stateMachineArn: this.#machines[machine], name, input }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }

  async #status({ machine }: Run, name: string): Promise<RunStatus | undefined> {
    // `arn:…:stateMachine:<name>:live` runs as `arn:…:execution:<name>:<execution>`.
    const executionArn = this.#machines[machine]
      .replace(':stateMachine:', ':execution:')
      .replace(/:[^:]+$/, `:${name}`);
    try {
      return (await this.#client.send(new DescribeExecutionCommand({ executionArn }))).status;
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return undefined;
      throw error;
    }
  }
}
