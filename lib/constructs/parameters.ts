/** The settings of a deployment: CloudFormation parameters. */
import { CfnParameter, type CfnParameterProps, Lazy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SAFE_URL } from '../../functions/shared/kernel/safe-url.ts';

/**
 * A parameter, and its value wherever it is used: each stack that uses it has one of the same name, and a deployment gives all of them the same value. With one
 * parameter, whose value the others import, its value could never change: CloudFormation refuses to change an export that is in use.
 */
export function parameterValue(scope: Construct, id: string, props: CfnParameterProps): string {
  const first = new CfnParameter(scope, id, props);
  return Lazy.uncachedString({
    produce: ({ scope: user }) => {
      const stack = Stack.of(user);
      if (stack === Stack.of(first)) return first.valueAsString;
      const known = stack.node.tryFindChild(id) as CfnParameter | undefined;
      return (known ?? new CfnParameter(stack, id, props)).valueAsString;
    },
  });
}

export interface NumberParameterProps {
  readonly description: string;
  readonly byDefault: number;
  /** A regular expression, for CloudFormation. */
  readonly allowed: string;
  /** The same for people: completes "must be a whole number". */
  readonly range: string;
}

/** Text that cannot be empty. */
export const textParameter = (scope: Construct, id: string, description: string): string =>
  parameterValue(scope, id, { description, minLength: 1 });

/** The URL of something that is not ours, as `isSafeUrl` has it. */
export const urlParameter = (scope: Construct, id: string, description: string, byDefault?: string): string =>
  parameterValue(scope, id, {
    description,
    ...(byDefault === undefined ? {} : { default: byDefault }),
    allowedPattern: '^(https://[^/?#@\\s]+|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:[0-9]{1,5})?)([/?#]\\S*)?$',
    constraintDescription: `must be ${SAFE_URL}`,
  });

/** A whole number, as text. */
export const numberParameter = (scope: Construct, id: string, props: NumberParameterProps): string =>
  parameterValue(scope, id, {
    description: props.description,
    default: String(props.byDefault),
    allowedPattern: props.allowed,
    constraintDescription: `must be a whole number ${props.range}`,
  });

/** Several stacks have it, each its own, with the same value. */
export const shopTimeZone = (scope: Construct): string =>
  parameterValue(scope, 'ShopTimeZone', {
    description: "The shop's time zone, as IANA names it, such as Asia/Shanghai",
    default: 'UTC',
    allowedPattern: '^[A-Za-z_]+(/[A-Za-z0-9_+-]+){0,2}$',
    constraintDescription: 'must be the name of a time zone, such as Asia/Shanghai',
  });

/** What an optional parameter is when it is not given: CloudFormation's linter warns of empty text where a property needs some. */
export const NONE = 'none';

/** Text that may be left out, and is then `none`. */
export const optionalParameter = (
  scope: Construct,
  id: string,
  {
    description,
    allowed,
    shape,
  }: Pick<NumberParameterProps, 'description' | 'allowed'> & {
    /** What it must be when it is given, for people. */
    readonly shape: string;
  },
): string =>
  parameterValue(scope, id, {
    description,
    default: NONE,
    allowedPattern: `^(${NONE}|${allowed})$`,
    constraintDescription: `must be ${NONE} or ${shape}`,
  });
