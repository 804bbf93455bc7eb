/** The settings of a deployment: CloudFormation parameters. */
import { CfnParameter } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SAFE_URL } from '../../functions/shared/kernel/safe-url.ts';

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
  new CfnParameter(scope, id, { description, minLength: 1 }).valueAsString;

/** The URL of something that is not ours, as `isSafeUrl` has it. */
export const urlParameter = (scope: Construct, id: string, description: string, byDefault?: string): string =>
  new CfnParameter(scope, id, {
    description,
    ...(byDefault === undefined ? {} : { default: byDefault }),
    allowedPattern: '^(https://[^/?#@\\s]+|http://(127\\.0\\.0\\.1|localhost|\\[::1\\])(:[0-9]{1,5})?)([/?#]\\S*)?$',
    constraintDescription: `must be ${SAFE_URL}`,
  }).valueAsString;

/** A whole number, as text. */
export const numberParameter = (scope: Construct, id: string, props: NumberParameterProps): string =>
  new CfnParameter(scope, id, {
    description: props.description,
    default: String(props.byDefault),
    allowedPattern: props.allowed,
    constraintDescription: `must be a whole number ${props.range}`,
  }).valueAsString;

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
  new CfnParameter(scope, id, {
    description,
    default: NONE,
    allowedPattern: `^(${NONE}|${allowed})$`,
    constraintDescription: `must be ${NONE} or ${shape}`,
  }).valueAsString;
