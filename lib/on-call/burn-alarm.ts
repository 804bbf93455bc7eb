import { Duration } from 'aws-cdk-lib';
import {
  AlarmRule,
  AlarmState,
  CompositeAlarm,
  type IMetric,
  MathExpression,
  Metric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type Call, descriptionOf, SilentAlarm } from '../constructs/alarms.ts';
import { environmentOf } from '../stages/environment.ts';

/** A metric by its namespace, name and dimensions. */
export interface Counted {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensionsMap?: Readonly<Record<string, string>>;
}

/** What the platform promises, as a share of what it does. */
export interface Objective {
  /** Such as `OrdersAccepted`. */
  readonly name: string;
  /** What is promised, in a few words: a title of the dashboard. */
  readonly promise: string;
  /** Of all, at least this share is good, over 30 days; such as 0.999. What is left is the error budget. */
  readonly target: number;
  readonly bad: Counted;
  /** The others, or all of them, the bad ones included. */
  readonly others: Counted | { readonly all: Counted };
  /** What people suffer when the budget burns. */
  readonly suffering: string;
  readonly runbook: string;
}

/**
 * How fast the budget of 30 days burns, over a long time, so that an accident calls nobody, and over a short one, so that the alarm ends soon after its cause.
 * 14.4 times as fast as it may: in an hour 2 % of it is gone. 3 times: in a day 10 %.
 * See Google's Site Reliability Workbook, chapter 5, "Alerting on SLOs".
 */
const BURNS = {
  Fast: {
    severity: 'critical',
    factor: 14.4,
    long: Duration.hours(1),
    short: Duration.minutes(5),
    within: 'in the last hour',
  },
  Slow: { severity: 'warning', factor: 3, long: Duration.days(1), short: Duration.hours(2), within: 'in the last day' },
} as const;

/** Fewer bad ones over the long time call nobody: of three orders in a night, one is a third. */
const A_FEW = 5;

/** Sums of what is bad and of all, in periods; `all` is an expression of them. */
function sums({ bad, others }: Objective, period: Duration) {
  const sumOf = (metric: Counted) => new Metric({ ...metric, statistic: 'Sum', period });
  return 'all' in others
    ? { all: 'requests', usingMetrics: { bad: sumOf(bad), requests: sumOf(others.all) } }
    : { all: '(FILL(bad, 0) + FILL(good, 0))', usingMetrics: { bad: sumOf(bad), good: sumOf(others) } };
}

/** The percentage of bad ones in each period; no data, or zero, where there were fewer than `atLeast`. */
function badShare(objective: Objective, period: Duration, atLeast: number): IMetric {
  const { all, usingMetrics } = sums(objective, period);
  return new MathExpression({
    expression: `IF(bad >= ${atLeast}, 100 * bad / ${all}, 0)`,
    usingMetrics,
    label: 'percent that is bad',
    period,
  });
}

/** The percentage of good ones in each period. */
export function keptShare(objective: Objective, period: Duration): IMetric {
  const { all, usingMetrics } = sums(objective, period);
  const expression = `100 * (1 - FILL(bad, 0) / ${all})`;
  return new MathExpression({ expression, usingMetrics, label: 'percent that is good', period });
}

/** What is left of the error budget of a period, in percent; below zero when more went wrong than may. */
export function budgetLeft(objective: Objective, period: Duration, id: string): IMetric {
  const { all, usingMetrics } = sums(objective, period);
  const metrics = Object.entries(usingMetrics).map(([name, metric]) => [`${id}${name}`, metric] as const);
  const ofIts = (text: string) => text.replaceAll(/\b(bad|good|requests)\b/g, `${id}$1`);
  return new MathExpression({
    expression: ofIts(`100 * (1 - FILL(bad, 0) / ${all} / ${budgetOf(objective)})`),
    usingMetrics: Object.fromEntries(metrics),
    label: objective.name,
    period,
  });
}

/** The share that may be bad. */
const budgetOf = ({ target }: Objective): number => Number((1 - target).toPrecision(6));

/** The two alarms on the error budget of an objective: at any hour when it burns fast, in working hours when it burns slowly. */
export class BurnAlarms extends Construct {
  readonly alarms: readonly CompositeAlarm[];

  constructor(scope: Construct, objective: Objective) {
    super(scope, objective.name);
    this.alarms = (Object.keys(BURNS) as (keyof typeof BURNS)[]).map((speed) => this.#alarm(objective, speed));
  }

  #alarm(objective: Objective, speed: keyof typeof BURNS): CompositeAlarm {
    const { severity, factor, long, short, within } = BURNS[speed];
    const percent = 100 * budgetOf(objective);
    const part = (id: string, period: Duration, atLeast: number) =>
      new SilentAlarm(this, `${speed}${id}`, {
        metric: badShare(objective, period, atLeast),
        threshold: Number((factor * percent).toPrecision(6)),
        what: `A part of the alarm ${objective.name}${speed}, which calls.`,
      });
    const call: Call = {
      severity,
      description: `${objective.suffering} More than ${formatted(factor * percent)} % ${within}, where ${formatted(percent)} % may be: the error budget of ${objective.name} burns ${factor} times as fast as it may.`,
      runbook: objective.runbook,
    };
    return new CompositeAlarm(this, speed, {
      compositeAlarmName: `${environmentOf(this).prefix}-${objective.name}${speed}`,
      alarmDescription: descriptionOf(call),
      alarmRule: AlarmRule.allOf(
        AlarmRule.fromAlarm(part('Long', long, A_FEW), AlarmState.ALARM),
        AlarmRule.fromAlarm(part('Short', short, 1), AlarmState.ALARM),
      ),
    });
  }
}

const formatted = (percent: number): string => String(Number(percent.toPrecision(3)));
