/**
 * AWS list prices, us-east-1, on demand, beyond the free tier, in dollars. Looked up 2026-11; check before you publish
 * a figure. Each has its public page as source.
 */
export interface Price {
  /** Dollars per one unit. */
  readonly perUnit: number;
  readonly unit: string;
  readonly source: string;
}

export const PRICES = {
  'apigateway.requests': {
    perUnit: 3.5e-6,
    unit: 'REST request',
    source: 'aws.amazon.com/api-gateway/pricing: $3.50 per million',
  },
  'lambda.invocations': {
    perUnit: 0.2e-6,
    unit: 'invocation',
    source: 'aws.amazon.com/lambda/pricing: $0.20 per million',
  },
  'lambda.gbSeconds': {
    perUnit: 0.0000133334,
    unit: 'GB-second, arm64',
    source: 'aws.amazon.com/lambda/pricing: $0.0000133334',
  },
  'states.transitions': {
    perUnit: 25e-6,
    unit: 'state transition',
    source: 'aws.amazon.com/step-functions/pricing: $0.025 per thousand',
  },
  'dynamodb.writeUnits': {
    perUnit: 0.625e-6,
    unit: 'write request unit',
    source: 'aws.amazon.com/dynamodb/pricing/on-demand: $0.625 per million',
  },
  'dynamodb.readUnits': {
    perUnit: 0.125e-6,
    unit: 'read request unit',
    source: 'aws.amazon.com/dynamodb/pricing/on-demand: $0.125 per million',
  },
  'lambda.logBytes': {
    perUnit: 0.5e-9,
    unit: 'byte of a log',
    source: 'aws.amazon.com/cloudwatch/pricing: $0.50 per GB of logs taken in',
  },
  'sqs.requests': { perUnit: 0.4e-6, unit: 'request', source: 'aws.amazon.com/sqs/pricing: $0.40 per million' },
  'ses.messages': {
    perUnit: 0.1e-3,
    unit: 'e-mail to one recipient',
    source: 'aws.amazon.com/ses/pricing: $0.10 per thousand',
  },
  'events.published': {
    perUnit: 1e-6,
    unit: 'custom event of 64 KB',
    source: 'aws.amazon.com/eventbridge/pricing: $1.00 per million',
  },
} as const satisfies Record<string, Price>;

export type PricedUnit = keyof typeof PRICES;

/** Of what the runtime on one machine has no counterpart for. */
export const UNMETERED_PRICES = {
  keyRequest: {
    perUnit: 3e-6,
    unit: 'request to a customer-managed key',
    source: 'aws.amazon.com/kms/pricing: $0.03 per 10,000',
  },
  webAclRequest: {
    perUnit: 0.6e-6,
    unit: 'request that a web ACL looks at',
    source: 'aws.amazon.com/waf/pricing: $0.60 per million',
  },
} as const satisfies Record<string, Price>;

/** What is paid for by the month, whether orders come or not. */
export const MONTHLY_PRICES = {
  alarmMetric: {
    perUnit: 0.1,
    unit: 'metric of an alarm, a month',
    source: 'aws.amazon.com/cloudwatch/pricing: $0.10 per alarm metric, standard resolution',
  },
  compositeAlarm: {
    perUnit: 0.5,
    unit: 'composite alarm, a month',
    source: 'aws.amazon.com/cloudwatch/pricing: $0.50 per composite alarm',
  },
  customMetric: {
    perUnit: 0.3,
    unit: 'custom metric, a month',
    source: 'aws.amazon.com/cloudwatch/pricing: $0.30 per metric, of the first 10,000',
  },
  dashboard: {
    perUnit: 3,
    unit: 'dashboard, a month',
    source: 'aws.amazon.com/cloudwatch/pricing: $3.00 per dashboard beyond the third',
  },
  tableByte: {
    perUnit: 0.25e-9,
    unit: 'byte in a table, a month',
    source: 'aws.amazon.com/dynamodb/pricing/on-demand: $0.25 per GB',
  },
  recoverableByte: {
    perUnit: 0.2e-9,
    unit: 'byte of a table that can be recovered to any second, a month',
    source: 'aws.amazon.com/dynamodb/pricing/on-demand: $0.20 per GB',
  },
  logByte: {
    perUnit: 0.03e-9,
    unit: 'byte of a log that is kept, a month',
    source: 'aws.amazon.com/cloudwatch/pricing: $0.03 per GB, before compression',
  },
  key: {
    perUnit: 1,
    unit: 'customer-managed key, a month',
    source: 'aws.amazon.com/kms/pricing: $1.00 per key',
  },
  webAcl: {
    perUnit: 5,
    unit: 'web ACL, a month',
    source: 'aws.amazon.com/waf/pricing: $5.00 per web ACL',
  },
  webAclRule: {
    perUnit: 1,
    unit: 'rule of a web ACL, a month',
    source: 'aws.amazon.com/waf/pricing: $1.00 per rule',
  },
  secret: {
    perUnit: 0.4,
    unit: 'secret, a month',
    source: 'aws.amazon.com/secrets-manager/pricing: $0.40 per secret',
  },
} as const satisfies Record<string, Price>;
