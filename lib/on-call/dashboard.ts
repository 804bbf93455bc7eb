import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  PeriodOverride,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { environmentOf } from '../stages/environment.ts';
import { budgetLeft, keptShare, type Objective } from './burn-alarm.ts';
import { type Panel, panelsOf } from './panels.ts';

const ROW = 24;
const HEIGHT = 6;
const PERIOD = Duration.minutes(5);

export interface DashboardProps {
  readonly objectives: readonly Objective[];
  /** Those that people are called by first. */
  readonly alarms: readonly IAlarm[];
  readonly apiName: string;
}

/** One page for a person on call, from the question at the top to what it may follow from: what is promised, orders, partners, ourselves, people. */
export function dashboard(scope: Construct, id: string, { objectives, alarms, apiName }: DashboardProps): Dashboard {
  const { prefix, metricsNamespace } = environmentOf(scope);
  return new Dashboard(scope, id, {
    dashboardName: prefix,
    defaultInterval: Duration.hours(12),
    periodOverride: PeriodOverride.AUTO,
    widgets: [
      [
        heading(GUIDE, HEIGHT),
        new AlarmStatusWidget({ title: 'What calls', alarms: [...alarms], width: 12, height: HEIGHT }),
      ],
      [text('## Is it bad? What is promised')],
      objectives.map((objective) => promise(objective, ROW / objectives.length)),
      [left(objectives)],
      ...panelsOf({ namespace: metricsNamespace, prefix, apiName }).flatMap(({ question, panels }) => [
        [text(`## ${question}`)],
        panels.map((panel) => graph(panel, ROW / panels.length)),
      ]),
    ],
  });
}

const GUIDE = `# Start here
1. **Is it bad?** The first row has what is promised to customers, and how much of the error budget is left. What calls is named with its runbook (\`docs/runbooks/\`).
2. **Which partner?** One line that differs from the others: its orders wait, and go on by themselves.
3. **Is it us?** Errors, throttles, and what is behind. If it began with a deployment, roll back first (\`docs/aws-guide.md\`).
4. **Since when?** Point at the first bend: all graphs show the same moment.
5. **One order**: in Logs Insights \`filter orderId = "<id>" | sort @timestamp\`; with \`and ispresent(span.id)\` it is the trace (\`docs/operating.md\`). The saga is the execution with that name.`;

const heading = (markdown: string, height: number): IWidget => new TextWidget({ markdown, width: 12, height });
const text = (markdown: string): IWidget => new TextWidget({ markdown, width: ROW, height: 1 });

const promise = (objective: Objective, width: number): IWidget =>
  new GraphWidget({
    title: `${objective.promise}: ${100 * objective.target} %`,
    left: [keptShare(objective, PERIOD)],
    leftAnnotations: [{ value: 100 * objective.target, label: 'promised' }],
    leftYAxis: { max: 100, showUnits: false },
    width,
    height: HEIGHT,
  });

/** Of the time that the page shows: choose four weeks to see the budget. */
const left = (objectives: readonly Objective[]): IWidget =>
  new SingleValueWidget({
    title: 'Error budget that is left, in percent of what the time shown may use',
    metrics: objectives.map((objective, index) => budgetLeft(objective, PERIOD, `o${index}`)),
    setPeriodToTimeRange: true,
    width: ROW,
    height: 3,
  });

const graph = ({ title, metrics, searches = [], unit }: Panel, width: number): IWidget =>
  new GraphWidget({
    title,
    left: [...metrics.map(metricOf), ...searches.map(searchOf)],
    leftYAxis: { min: 0, showUnits: false, label: unit },
    width,
    height: HEIGHT,
  });

const metricOf = ({ namespace, metricName, dimensionsMap, statistic, label }: Panel['metrics'][number]): IMetric =>
  new Metric({ namespace, metricName, ...(dimensionsMap ? { dimensionsMap } : {}), statistic, label, period: PERIOD });

const searchOf = (expression: string): IMetric =>
  new MathExpression({ expression, usingMetrics: {}, label: '', period: PERIOD });
