/** What an environment costs a month before its first order: counted in its templates, at list prices. */
import { MOST_CUSTOM_METRICS } from './custom-metrics.ts';
import { keyRequests } from './key-requests.ts';
import { MONTHLY_PRICES, PRICES, UNMETERED_PRICES } from './prices.ts';

/** Of a CloudFormation template, as far as it is read here. */
export interface CountedTemplate {
  readonly Resources: Readonly<
    Record<string, { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }>
  >;
}

export interface IdleCost {
  readonly what: string;
  /** A month of 30 days. */
  readonly dollars: number;
  /** How it comes about. */
  readonly because: string;
}

const MINUTES = 30 * 24 * 60;
/** Lambda keeps five requests waiting at each queue, for 20 seconds each (AWS, "Using Lambda with Amazon SQS"). */
const POLLS_A_MINUTE = 5 * 3;
/** A scheduled function that finds nothing to do, with half a gigabyte: measured on one machine, rounded up. */
const EMPTY_RUN = { seconds: 0.1, gigabytes: 0.5 };

/** Each dead-letter queue is asked once a minute whether it has a message, which takes a second when it has none; a call of the function that files them asks sixteen. */
const FILING = { queuesOfACall: 16, seconds: 1.2, gigabytes: 0.5 };
const DEAD_LETTERS = /(DeadLetters|Undelivered)[0-9A-F]{8}$/;

export interface AtRest {
  /** Metrics that functions have written: one is there only once what it counts has happened. @default all that they can write */
  readonly customMetrics?: number;
}

/** What an empty run logs, as CloudWatch Logs bills it: Lambda's three lines and a metric. */
const EMPTY_RUN_LOG_BYTES = 800;

/** Without storage and backups, which grow with orders. */
export function idleCosts(
  templates: readonly CountedTemplate[],
  { customMetrics = MOST_CUSTOM_METRICS }: AtRest = {},
): readonly IdleCost[] {
  const resources = templates.flatMap(({ Resources }) => Object.values(Resources));
  const propertiesOf = (type: string) =>
    resources.filter(({ Type }) => Type === type).map(({ Properties = {} }) => Properties);

  const alarmMetrics = propertiesOf('AWS::CloudWatch::Alarm')
    .map(metricsOf)
    .reduce((sum, count) => sum + count, 0);
  const secrets = propertiesOf('AWS::SecretsManager::Secret').length;
  const queues = propertiesOf('AWS::Lambda::EventSourceMapping').filter(
    ({ StartingPosition }) => !StartingPosition,
  ).length;
  const runs = propertiesOf('AWS::Events::Rule')
    .map(runsOf)
    .reduce((sum, count) => sum + count, 0);
  const deadLetterQueues = templates
    .flatMap(({ Resources }) => Object.entries(Resources))
    .filter(([id, { Type }]) => Type === 'AWS::SQS::Queue' && DEAD_LETTERS.test(id)).length;
  const filings = Math.ceil(deadLetterQueues / FILING.queuesOfACall) * MINUTES;
  const polls = queues * POLLS_A_MINUTE * MINUTES;
  const countOf = (type: string) => propertiesOf(type).length;
  const measuredMethods = propertiesOf('AWS::ApiGateway::Stage')
    .map((stage) => measuredIn(stage, countOf('AWS::ApiGateway::Method')))
    .reduce((sum, count) => sum + count, 0);
  const webAcls = propertiesOf('AWS::WAFv2::WebACL');
  const rules = webAcls.reduce((sum, { Rules }) => sum + (Array.isArray(Rules) ? Rules.length : 0), 0);
  const asked = countOf('AWS::KMS::Key') === 0 ? 0 : keyRequests(templates, MINUTES);
  const run =
    PRICES['lambda.invocations'].perUnit +
    EMPTY_RUN.seconds * EMPTY_RUN.gigabytes * PRICES['lambda.gbSeconds'].perUnit +
    EMPTY_RUN_LOG_BYTES * PRICES['lambda.logBytes'].perUnit;
  return [
    {
      what: 'alarms',
      dollars: alarmMetrics * MONTHLY_PRICES.alarmMetric.perUnit,
      because: `${alarmMetrics} metrics of alarms`,
    },
    {
      what: 'alarms made of others',
      dollars: countOf('AWS::CloudWatch::CompositeAlarm') * MONTHLY_PRICES.compositeAlarm.perUnit,
      because: `${countOf('AWS::CloudWatch::CompositeAlarm')} composite alarms`,
    },
    {
      what: 'queues that functions wait at',
      dollars: polls * PRICES['sqs.requests'].perUnit,
      because: `${queues} queues, ${POLLS_A_MINUTE} requests a minute each`,
    },
    {
      what: 'dead letters that are filed',
      dollars:
        deadLetterQueues * MINUTES * PRICES['sqs.requests'].perUnit +
        filings *
          (PRICES['lambda.invocations'].perUnit +
            FILING.seconds * FILING.gigabytes * PRICES['lambda.gbSeconds'].perUnit +
            EMPTY_RUN_LOG_BYTES * PRICES['lambda.logBytes'].perUnit),
      because: `${deadLetterQueues} queues, one request a minute each`,
    },
    { what: 'secrets', dollars: secrets * MONTHLY_PRICES.secret.perUnit, because: `${secrets} secrets` },
    {
      what: 'functions on schedule',
      dollars: runs * run,
      because: `${runs.toLocaleString('en')} runs, and what they log`,
    },
    {
      what: 'custom metrics',
      dollars: customMetrics * MONTHLY_PRICES.customMetric.perUnit,
      because:
        customMetrics === MOST_CUSTOM_METRICS
          ? `at most ${customMetrics} metrics of functions: when all happens in a month that can`
          : `${customMetrics} metrics that functions have written`,
    },
    {
      what: 'metrics of methods',
      dollars: measuredMethods * METRICS_OF_A_METHOD * MONTHLY_PRICES.customMetric.perUnit,
      because: `${measuredMethods} methods of the API, ${METRICS_OF_A_METHOD} metrics each`,
    },
    {
      what: 'web ACL',
      dollars: webAcls.length * MONTHLY_PRICES.webAcl.perUnit + rules * MONTHLY_PRICES.webAclRule.perUnit,
      because: `${webAcls.length} with ${rules} rules`,
    },
    {
      what: 'dashboards',
      dollars: countOf('AWS::CloudWatch::Dashboard') * MONTHLY_PRICES.dashboard.perUnit,
      because: `${countOf('AWS::CloudWatch::Dashboard')} dashboards`,
    },
    {
      what: 'keys',
      dollars: countOf('AWS::KMS::Key') * MONTHLY_PRICES.key.perUnit,
      because: `${countOf('AWS::KMS::Key')} customer-managed keys`,
    },
    {
      what: 'requests to keys',
      dollars: asked * UNMETERED_PRICES.keyRequest.perUnit,
      because: `at most ${asked.toLocaleString('en')}: when each function runs in any five minutes`,
    },
  ];
}

/** Count, Latency, IntegrationLatency, 4XXError, 5XXError: those without a cache. */
const METRICS_OF_A_METHOD = 5;

/** The methods of a stage that have metrics of their own, which are billed as custom ones; a setting for all of them counts all. */
function measuredIn({ MethodSettings }: Readonly<Record<string, unknown>>, methods: number): number {
  const settings = (MethodSettings ?? []) as readonly {
    readonly ResourcePath: string;
    readonly MetricsEnabled?: boolean;
  }[];
  const measured = settings.filter(({ MetricsEnabled }) => MetricsEnabled === true);
  return measured.some(({ ResourcePath }) => ResourcePath === '/*') ? methods : measured.length;
}

/** An alarm on an expression is billed for each metric in it. */
function metricsOf({ Metrics }: Readonly<Record<string, unknown>>): number {
  if (!Array.isArray(Metrics)) return 1;
  return (Metrics as readonly { readonly MetricStat?: unknown }[]).filter(({ MetricStat }) => MetricStat).length;
}

/** How often a rule runs in a month. @throws Error for a schedule that is none of a rate */
function runsOf({ ScheduleExpression }: Readonly<Record<string, unknown>>): number {
  if (typeof ScheduleExpression !== 'string') return 0;
  const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(ScheduleExpression) ?? [];
  const minutes = { minute: 1, hour: 60, day: 24 * 60 }[unit as 'minute' | 'hour' | 'day'];
  if (minutes === undefined) throw new Error(`A schedule is "${ScheduleExpression}"; expected rate(…).`);
  return MINUTES / (Number(count) * minutes);
}
