import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { OrderSaga } from '../ports.ts';

/** One execution per order: its name is the order id, so a second start is refused by Step Functions itself. */
export class StepFunctionsOrderSaga implements OrderSaga {
  readonly #client: SFNClient;
  readonly #arn: string;

  constructor(stateMachineArn: string, client = new SFNClient({})) {
    this.#client = client;
    this.#arn = stateMachineArn;
  }

  async start(orderId: OrderId, version: number): Promise<void> {
    try {
      await this.#client.send(new StartExecutionCommand({
        stateMachineArn: this.#arn,
        name: orderId,
        input: JSON.stringify({ orderId, version }),
      }));
    } catch (error) {
      if (!(error instanceof ExecutionAlreadyExists)) throw error;
    }
  }
}
