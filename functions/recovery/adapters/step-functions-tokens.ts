import { type AwsJsonCall, AwsJsonError, awsJson } from '../../shared/edge/aws-json.ts';
import type { SagaTokens } from '../application/ports.ts';

/** The answers to a token that is answered already, has timed out, or whose execution has ended. */
const GONE = ['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken'];

/** Step Functions' own protocol: its client would be 22 KB of a function that sends two small requests. */
export const stepFunctions = (): AwsJsonCall =>
  awsJson({ service: 'states', target: 'AWSStepFunctions', version: '1.0', timeoutMs: 3_000 });

/** The tokens of tasks of state machines. */
export class StepFunctionsTokens implements SagaTokens {
  readonly #call: AwsJsonCall;

  constructor(call: AwsJsonCall = stepFunctions()) {
    this.#call = call;
  }

  succeed(taskToken: string): Promise<boolean> {
    return this.#answer('SendTaskSuccess', { taskToken, output: '{}' });
  }

  fail(taskToken: string, { name, message }: { readonly name: string; readonly message: string }): Promise<boolean> {
    return this.#answer('SendTaskFailure', { taskToken, error: name, cause: message });
  }

  /** Resolves to false for a token that is gone. */
  async #answer(operation: string, input: object): Promise<boolean> {
    try {
      await this.#call(operation, input);
      return true;
    } catch (error) {
      if (error instanceof AwsJsonError && GONE.includes(error.name)) return false;
      throw error;
    }
  }
}
