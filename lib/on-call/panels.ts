/** What the dashboard shows beside the objectives: a row for each question. */
import {
  CHECKOUT_DURATION,
  MONEY_AUTHORISED,
  MONEY_CAPTURED,
  MONEY_REFUNDED,
  ORDERS_CANCELLED,
  ORDERS_CONFIRMED,
  ORDERS_PLACED,
  PROJECTION_LAG,
  TASKS_OPENED,
} from '../../functions/orders/adapters/metrics.ts';
import {
  OLDEST_WAIT,
  ORDERS_GIVEN_UP,
  ORDERS_WAITING,
  ORDERS_WITHOUT_PROGRESS,
  TASKS_ESCALATED,
  TASKS_UNRESOLVED,
} from '../../functions/recovery/adapters/metrics.ts';
import { REQUESTS_FAILED } from '../../functions/shared/http/metrics.ts';
import {
  CIRCUIT_CHANGES,
  PARTNER_CALL_DURATION,
  PARTNER_CALLS,
  PARTNER_FAILURES,
  PARTNER_REJECTIONS,
} from '../../functions/shared/outbound/metrics.ts';
import type { Counted } from './burn-alarm.ts';

export interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly metrics: readonly (Counted & { readonly statistic: string; readonly label: string })[];
  /** Searches of CloudWatch, which find metrics by what their dimensions have in them. */
  readonly searches?: readonly string[];
}

export interface Row {
  readonly question: string;
  readonly panels: readonly Panel[];
}

interface Named {
  readonly name: string;
}

/**
 * @param prefix what the names of the environment’s stacks begin with, and so those of its functions, queues and tables
 */
export function panelsOf({
  namespace,
  prefix,
  apiName,
}: {
  readonly namespace: string;
  readonly prefix: string;
  readonly apiName: string;
}): readonly Row[] {
  const own = (metric: Named, statistic: string, label: string) => ({
    namespace,
    metricName: metric.name,
    statistic,
    label,
  });
  const ofApi = (metricName: string, statistic: string, label: string) => ({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: { ApiName: apiName },
    statistic,
    label,
  });
  const by = (dimension: string, { name }: Named, statistic: string) =>
    search(`{${namespace},${dimension}} MetricName="${name}"`, statistic);
  const ofAws = (schema: string, metricName: string, statistic: string, also = '') =>
    worst(`{${schema}} MetricName="${metricName}" "${prefix}"${also}`, statistic);
  return [
    {
      question: 'Orders: since when?',
      panels: [
        {
          title: 'Orders in five minutes',
          unit: 'orders',
          metrics: [
            own(ORDERS_PLACED, 'Sum', 'placed'),
            own(ORDERS_CONFIRMED, 'Sum', 'confirmed'),
            own(ORDERS_CANCELLED, 'Sum', 'cancelled'),
          ],
        },
        {
          title: 'Cancelled, by reason',
          unit: 'orders',
          metrics: [],
          searches: [by('Reason', ORDERS_CANCELLED, 'Sum')],
        },
        {
          title: 'How long a checkout takes',
          unit: 'ms',
          metrics: ['p50', 'p95', 'p99'].map((percentile) => own(CHECKOUT_DURATION, percentile, percentile)),
        },
        {
          title: 'Money in minor units, by currency',
          unit: '',
          metrics: [],
          searches: [MONEY_AUTHORISED, MONEY_CAPTURED, MONEY_REFUNDED].map((metric) => by('Currency', metric, 'Sum')),
        },
      ],
    },
    {
      question: 'Which partner?',
      panels: [
        {
          title: 'Calls that fail, and calls that are not sent',
          unit: 'calls',
          metrics: [],
          searches: [by('Partner', PARTNER_FAILURES, 'Sum'), by('Partner', PARTNER_REJECTIONS, 'Sum')],
        },
        {
          title: 'How long calls take (p95)',
          unit: 'ms',
          metrics: [],
          searches: [by('Partner', PARTNER_CALL_DURATION, 'p95')],
        },
        { title: 'Calls', unit: 'calls', metrics: [], searches: [by('Partner', PARTNER_CALLS, 'Sum')] },
        {
          title: 'Orders that wait, and circuits that opened',
          unit: '',
          metrics: [],
          searches: [by('Partner', ORDERS_WAITING, 'Maximum'), by('Partner', CIRCUIT_CHANGES.open, 'Sum')],
        },
      ],
    },
    {
      question: 'Is it us? What callers get',
      panels: [
        {
          title: 'Requests, and 5xx by route',
          unit: 'requests',
          metrics: [ofApi('Count', 'Sum', 'all'), ofApi('4XXError', 'Sum', '4xx'), ofApi('5XXError', 'Sum', '5xx')],
          searches: [by('Route', REQUESTS_FAILED, 'Sum')],
        },
        {
          title: 'How long they take',
          unit: 'ms',
          metrics: [ofApi('Latency', 'p50', 'p50'), ofApi('Latency', 'p99', 'p99')],
        },
        {
          title: 'Slowest functions: endpoints, steps, consumers (p95)',
          unit: 'ms',
          metrics: [],
          searches: [ofAws('AWS/Lambda,FunctionName', 'Duration', 'p95')],
        },
        {
          title: 'Functions that fail or are throttled',
          unit: 'invocations',
          metrics: [],
          searches: [
            ofAws('AWS/Lambda,FunctionName', 'Errors', 'Sum'),
            ofAws('AWS/Lambda,FunctionName', 'Throttles', 'Sum'),
          ],
        },
      ],
    },
    {
      question: 'Is it us? What is behind',
      panels: [
        {
          title: 'Age of the outbox',
          unit: 'ms',
          metrics: [],
          searches: [ofAws('AWS/Lambda,FunctionName', 'IteratorAge', 'Maximum')],
        },
        {
          title: 'Age of the oldest message in a queue',
          unit: 's',
          metrics: [],
          searches: [ofAws('AWS/SQS,QueueName', 'ApproximateAgeOfOldestMessage', 'Maximum', ' NOT DeadLetters')],
        },
        {
          title: 'How far views are behind',
          unit: 'ms',
          metrics: [],
          searches: [by('Projection', PROJECTION_LAG, 'Maximum')],
        },
        {
          title: 'What tables refuse',
          unit: 'requests',
          metrics: [],
          searches: ['ReadThrottleEvents', 'WriteThrottleEvents'].map((metric) =>
            ofAws('AWS/DynamoDB,TableName', metric, 'Sum'),
          ),
        },
      ],
    },
    {
      question: 'What is left to people?',
      panels: [
        {
          title: 'Tasks',
          unit: 'tasks',
          metrics: [
            own(TASKS_OPENED, 'Sum', 'opened'),
            own(TASKS_UNRESOLVED, 'Maximum', 'unresolved'),
            own(TASKS_ESCALATED, 'Maximum', 'escalated'),
          ],
        },
        {
          title: 'Messages in dead-letter queues',
          unit: 'messages',
          metrics: [],
          searches: [ofAws('AWS/SQS,QueueName', 'ApproximateNumberOfMessagesVisible', 'Maximum', ' DeadLetters')],
        },
        {
          title: 'Orders that were given up, or that nothing worked at',
          unit: 'orders',
          metrics: [own(ORDERS_GIVEN_UP, 'Sum', 'given up'), own(ORDERS_WITHOUT_PROGRESS, 'Sum', 'without progress')],
        },
        { title: 'How long the longest has waited', unit: 'ms', metrics: [own(OLDEST_WAIT, 'Maximum', 'oldest wait')] },
      ],
    },
  ];
}

const search = (wanted: string, statistic: string): string => `SEARCH('${wanted}', '${statistic}', 300)`;

/** Of many, those that a person would look at first. */
const worst = (wanted: string, statistic: string): string =>
  `SLICE(SORT(${search(wanted, statistic)}, MAX, DESC), 0, 10)`;
