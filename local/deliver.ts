import { AwsError, type Deliver, type FunctionInvoker } from './contracts.ts';
import type { SqsService } from './sqs/service.ts';

/** How events and given-up records reach their targets: queues and functions. */
export const deliverTo =
  (sqs: SqsService, invoker: FunctionInvoker): Deliver =>
  async (targetArn, payload) => {
    const text = JSON.stringify(payload);
    switch (targetArn.split(':')[2]) {
      case 'sqs':
        sqs.send(targetArn, text);
        return;
      case 'lambda': {
        const { functionError, payload: answer } = await invoker.invoke(targetArn, text);
        if (functionError) throw new Error(`The target ${targetArn} failed: ${answer}`);
        return;
      }
      default:
        throw new AwsError(
          'ValidationException',
          `The target ${targetArn} is neither a queue nor a function, which is what this runtime delivers to.`,
        );
    }
  };
