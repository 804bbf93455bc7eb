import type { JsonObject } from '../contracts.ts';
import { number, present, text, textOf } from '../properties.ts';
import type { RuleTarget } from './rule.ts';

/** Reads a target of a template or a request. @throws Error for a part that this runtime does not have */
export function readTarget({
  Id,
  Arn,
  RoleArn,
  Input,
  InputPath,
  InputTransformer,
  DeadLetterConfig,
  RetryPolicy,
  ...others
}: JsonObject): RuleTarget {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new Error(`The target ${textOf(Id)} of a rule has ${unknown}, which this runtime does not have.`);
  }
  const transformer = InputTransformer as
    | { readonly InputPathsMap?: Record<string, string>; readonly InputTemplate: string }
    | undefined;
  const retry = RetryPolicy as JsonObject | undefined;
  return {
    id: textOf(Id),
    arn: textOf(Arn),
    ...present({
      roleArn: text(RoleArn),
      input: text(Input),
      inputPath: text(InputPath),
      inputTransformer: transformer && {
        inputTemplate: transformer.InputTemplate,
        ...present({ inputPathsMap: transformer.InputPathsMap }),
      },
      deadLetterArn: text((DeadLetterConfig as JsonObject | undefined)?.Arn),
      retry:
        retry &&
        present({
          maximumRetryAttempts: number(retry.MaximumRetryAttempts),
          maximumEventAgeSeconds: number(retry.MaximumEventAgeInSeconds),
        }),
    }),
  };
}

/** As ListTargetsByRule answers it. */
export const describeTarget = ({
  id,
  arn,
  roleArn,
  input,
  inputPath,
  inputTransformer,
  deadLetterArn,
  retry,
}: RuleTarget): JsonObject => ({
  Id: id,
  Arn: arn,
  ...present({
    RoleArn: roleArn,
    Input: input,
    InputPath: inputPath,
    InputTransformer: inputTransformer && {
      ...present({ InputPathsMap: inputTransformer.inputPathsMap }),
      InputTemplate: inputTransformer.inputTemplate,
    },
    DeadLetterConfig: deadLetterArn === undefined ? undefined : { Arn: deadLetterArn },
    RetryPolicy:
      retry &&
      present({
        MaximumRetryAttempts: retry.maximumRetryAttempts,
        MaximumEventAgeInSeconds: retry.maximumEventAgeSeconds,
      }),
  }),
});
