import { AwsError, type Json } from '../../contracts.ts';
import type { Operations } from '../../operations.ts';
import { optionalText, text } from '../input.ts';
import type { TaskTokens } from '../task-tokens.ts';

/** Answers to tasks that wait for their token. */
export const taskOperations = (tokens: TaskTokens): Operations => ({
  SendTaskSuccess(input) {
    tokens.settle(text(input, 'taskToken'), { output: json(text(input, 'output')) });
    return {};
  },
  SendTaskFailure(input) {
    const [error = null, cause = null] = [optionalText(input, 'error'), optionalText(input, 'cause')];
    tokens.settle(text(input, 'taskToken'), { error, cause });
    return {};
  },
  SendTaskHeartbeat(input) {
    tokens.heartbeat(text(input, 'taskToken'));
    return {};
  },
});

function json(output: string): Json {
  try {
    return JSON.parse(output) as Json;
  } catch (error) {
    throw new AwsError('InvalidOutput', `Invalid Output: '${(error as Error).message}'`);
  }
}
