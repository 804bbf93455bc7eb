import { CfnParameter, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { NONE } from './parameters.ts';
import { SETTINGS_DIGEST } from './settings-parameter.ts';

/**
 * A digest of the values of all parameters. A version of a function is frozen with them, and CloudFormation, which cannot compute one, publishes another only
 * when something of the function is different in the template.
 */
export function settingsDigest(scope: Construct): string {
  const stack = Stack.of(scope);
  const known = stack.node.tryFindChild(SETTINGS_DIGEST) as CfnParameter | undefined;
  const parameter =
    known ??
    new CfnParameter(stack, SETTINGS_DIGEST, {
      description: 'Another text whenever a parameter gets another value; npm run deploy sets it',
      default: NONE,
      allowedPattern: '^[a-z0-9]{1,64}$',
      constraintDescription: 'must be small letters and digits',
    });
  return parameter.valueAsString;
}
