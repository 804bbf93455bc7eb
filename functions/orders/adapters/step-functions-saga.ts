import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { sdkClient } from '../../shared/edge/sdk-client.ts';
import type { Saga, SagaInput } from '../application/ports.ts';

/**
 * A saga as a state machine. Step Functions itself refuses a second execution of a name, unless its input is that of the running
 * one, which it answers as if it had started it.
 */
export class StepFunctionsSaga<Input extends SagaInput> implements Saga<Input> {
  readonly #client: SFNClient;
  readonly #arn: string;

  constructor(stateMachineArn: string, client = sdkClient(SFNClient, {})) {
    this.#client = client;
    this.#arn = stateMachineArn;
  }

  async start(name: string, input: Input): Promise<void> {
    try {
      await this.#client.send(
        new StartExecutionCommand({ stateMachineArn: this.#arn, name, input: JSON.stringify(input) }),
      );
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }
}
