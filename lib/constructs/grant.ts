import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { grantKey } from './customer-key.ts';

export interface Permission {
  /** Such as `dynamodb:GetItem`. */
  readonly actions: readonly string[];
  /** ARN of what they are allowed on. */
  readonly on: string;
}

/** Lets a function do something, with the key if there is one, and tells it the names that it needs for that: nothing can be forgotten. */
export function grant(
  receiver: LambdaFunction,
  { actions, on }: Permission,
  variables: Readonly<Record<string, string>>,
): void {
  receiver.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources: [on] }));
  grantKey(receiver, actions);
  tell(receiver, variables);
}

/** Gives a function environment variables. */
export function tell(receiver: LambdaFunction, variables: Readonly<Record<string, string>>): void {
  for (const [variable, value] of Object.entries(variables)) receiver.addEnvironment(variable, value);
}
