import { CfnParameter, type Stack } from 'aws-cdk-lib';

/** What whoever deploys the stateless stack tells it, each as a CloudFormation parameter. */
export function parametersOf(stack: Stack) {
  const text = (id: string, description: string): string =>
    new CfnParameter(stack, id, { description, minLength: 1 }).valueAsString;
  const url = (id: string, description: string): string =>
    new CfnParameter(stack, id, {
      description,
      allowedPattern: '^https?://.+$',
      constraintDescription: 'must be an http or https URL',
    }).valueAsString;
  const number = (
    id: string,
    byDefault: number,
    description: string,
    { allowed, range }: { readonly allowed: string; readonly range: string },
  ): string =>
    new CfnParameter(stack, id, {
      description,
      default: String(byDefault),
      allowedPattern: allowed,
      constraintDescription: `must be a whole number ${range}`,
    }).valueAsString;
  const upTo999999 = { allowed: '^[1-9][0-9]{0,5}$', range: 'from 1 to 999999' };

  return {
    gatewayUrl: url('PaymentGatewayUrl', 'Base URL of the payment gateway'),
    carrierUrl: url('CarrierUrl', 'Base URL of the carrier'),
    issuer: url('OidcIssuer', "OpenID Connect issuer of the callers' tokens, exactly as they name it (iss)"),
    audience: text('OidcAudience', "How the callers' tokens name this API (aud)"),
    callerRequestsPerSecond: number(
      'CallerRequestsPerSecond',
      50,
      'Requests a second that each caller of the API may make in the long run',
      upTo999999,
    ),
    callerBurst: number('CallerBurst', 100, 'Requests that a caller who was quiet may make at once', upTo999999),
    reviewFrom: number(
      'ReviewFrom',
      0,
      "Orders of this total or more, in minor units of their currency, wait for an operator's approval; 0: none do",
      { allowed: '^[0-9]{1,15}$', range: 'of minor units' },
    ),
    refundAttempts: number(
      'RefundAttempts',
      10,
      'How often a refund is tried while the payment gateway does nothing, at growing intervals; ten attempts are 8½ minutes',
      { allowed: '^([1-9]|1[0-9])$', range: 'from 1 to 19' },
    ),
    snapshotEvery: number(
      'SnapshotEvery',
      20,
      'A snapshot of an order is due when so many events have come since the last one',
      { allowed: '^[1-9][0-9]{0,3}$', range: 'from 1 to 9999' },
    ),
  };
}
