import {
  InvalidToken,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  TaskDoesNotExist,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { sdkClient } from '../../shared/edge/sdk-client.ts';
import type { SagaTokens } from '../application/ports.ts';

/** The answers to a token that is answered already, has timed out, or whose execution has ended. */
const GONE = [TaskTimedOut, TaskDoesNotExist, InvalidToken];

/** The tokens of tasks of state machines. */
export class StepFunctionsTokens implements SagaTokens {
  readonly #client: SFNClient;

  constructor(client = sdkClient(SFNClient, { maxAttempts: 3 })) {
    this.#client = client;
  }

  succeed(token: string): Promise<boolean> {
    return whileWaiting(() => this.#client.send(new SendTaskSuccessCommand({ taskToken: token, output: '{}' })));
  }

  fail(token: string, { name, message }: { readonly name: string; readonly message: string }): Promise<boolean> {
    return whileWaiting(() =>
      this.#client.send(new SendTaskFailureCommand({ taskToken: token, error: name, cause: message })),
    );
  }
}

/** False for a token that is gone. */
async function whileWaiting(answer: () => Promise<unknown>): Promise<boolean> {
  try {
    await answer();
    return true;
  } catch (error) {
    if (GONE.some((Kind) => error instanceof Kind)) return false;
    throw error;
  }
}
