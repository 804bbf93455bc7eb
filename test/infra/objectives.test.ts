import { describe, expect, test } from 'vitest';
import { METRICS_OF_FUNCTIONS } from '../support/metrics-of-functions.ts';
import { type Resource, synthesizedAssembly } from './support/assembly.ts';

interface MathMetric {
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Period: number;
    readonly Stat: string;
    readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: unknown };
  };
}
interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: { readonly title?: string; readonly markdown?: string; readonly metrics?: readonly unknown[][] };
}

const assembly = synthesizedAssembly();
const composites = assembly.all('AWS::CloudWatch::CompositeAlarm');
const partsOf = ({ properties }: Resource) => assembly.targetsIn(properties.AlarmRule);
const metricsOf = ({ properties }: Resource) => properties.Metrics as readonly MathMetric[];
const readBy = (part: Resource) => metricsOf(part).flatMap(({ MetricStat }) => MetricStat ?? []);

/** What may go wrong, in percent over 30 days; written down once more: a change of it is a decision. */
const BUDGETS: Readonly<Record<string, number>> = { OrdersAccepted: 0.1, OrdersInTime: 1, NothingParked: 0.1 };
const BURNS = [
  { speed: 'Fast', severity: 'critical', factor: 14.4, periods: [3_600, 300] },
  { speed: 'Slow', severity: 'warning', factor: 3, periods: [86_400, 7_200] },
];
const burns = Object.entries(BUDGETS).flatMap(([objective, budget]) =>
  BURNS.map((burn) => ({ ...burn, name: `Waybill-${objective}${burn.speed}`, budget })),
);

describe('Every objective', () => {
  test('has two alarms on its error budget, and there are no others', () =>
    expect(composites.map(({ properties }) => properties.AlarmName as string).sort()).toEqual(
      burns.map(({ name }) => name).sort(),
    ));

  test.each(burns)(
    'calls when its budget burns over a long and a short time: $name',
    ({ name, severity, factor, budget, periods }) => {
      const composite = composites.find(({ properties }) => properties.AlarmName === name)!;
      const parts = partsOf(composite);
      expect(String(composite.properties.AlarmDescription)).toMatch(new RegExp(`^${severity}: .*${factor} times`));
      expect(JSON.stringify(composite.properties.AlarmRule)).toMatch(/ALARM.* AND .*ALARM/);
      expect(parts.map((part) => [...new Set(readBy(part).map(({ Period }) => Period))])).toEqual(
        periods.map((period) => [period]),
      );
      for (const part of parts) {
        expect(part.properties.Threshold).toBeCloseTo(factor * budget);
        expect(part.properties.ComparisonOperator).toBe('GreaterThanOrEqualToThreshold');
        expect(new Set(readBy(part).map(({ Stat }) => Stat))).toEqual(new Set(['Sum']));
      }
    },
  );

  test.each(composites)('is held by metrics that are there: $id', (composite) => {
    for (const { Metric } of partsOf(composite).flatMap(readBy)) {
      if (Metric.Namespace === 'Waybill') expect(METRICS_OF_FUNCTIONS).toContain(Metric.MetricName);
      else expect(Metric.Dimensions).toContainEqual({ Name: 'Resource', Value: '/api/v1/orders' });
    }
  });
});

test('Only requests for orders have metrics of their own at the API: those of methods cost by the month', () => {
  const [stage] = assembly.all('AWS::ApiGateway::Stage');
  const settings = stage!.properties.MethodSettings as {
    ResourcePath: string;
    HttpMethod: string;
    MetricsEnabled: boolean;
  }[];
  const measured = settings.filter(({ MetricsEnabled }) => MetricsEnabled);
  expect(measured.map(({ ResourcePath, HttpMethod }) => `${HttpMethod} ${ResourcePath}`)).toEqual([
    'POST /~1api~1v1~1orders',
  ]);
  expect(settings.find(({ ResourcePath }) => ResourcePath === '/*')).toMatchObject({ MetricsEnabled: false });
  // A method with settings of its own has none of the others'.
  expect(measured[0]).toMatchObject({ ThrottlingRateLimit: 1_000, ThrottlingBurstLimit: 500 });
});

describe('The dashboard', () => {
  const [dashboard] = assembly.all('AWS::CloudWatch::Dashboard');
  const widgets = widgetsOf(dashboard!);

  test('is one page without gaps, that begins with what to do', () => {
    expect(dashboard!.properties.DashboardName).toBe('Waybill');
    expect(widgets[0]!.properties.markdown).toMatch(
      /Start here[\s\S]*Is it bad[\s\S]*Which partner[\s\S]*Is it us[\s\S]*Since when/,
    );
    for (const row of Map.groupBy(widgets, ({ y }) => y).values()) {
      expect(row.reduce((sum, { width }) => sum + width, 0)).toBe(24);
    }
  });

  test.each(
    widgets.filter(({ type }) => type === 'metric').map((widget) => [widget.properties.title, widget] as const),
  )('shows metrics that are there, of this environment alone: %s', (title, { properties: { metrics = [] } }) => {
    expect(title).toBeTruthy();
    expect(metrics.length).toBeGreaterThan(0);
    for (const metric of metrics) {
      if (metric[0] === 'Waybill') expect(METRICS_OF_FUNCTIONS).toContain(metric[1]);
    }
    for (const [, namespace, name] of JSON.stringify(metrics).matchAll(
      /SEARCH\('\{([^,]+),\w+\} MetricName=\\"(\w+)\\"/g,
    )) {
      if (namespace === 'Waybill') expect(METRICS_OF_FUNCTIONS).toContain(name);
    }
    for (const [search] of JSON.stringify(metrics).matchAll(/SEARCH\('[^']+'/g)) {
      expect(search).toMatch(/\{Waybill,|\\"Waybill\\"/);
    }
  });
});

/** The body is text with references in it, such as the region; they stand for themselves here. */
function widgetsOf({ properties }: Resource): readonly Widget[] {
  const body = properties.DashboardBody as string | { 'Fn::Join': [string, unknown[]] };
  const text =
    typeof body === 'string'
      ? body
      : body['Fn::Join'][1].map((part) => (typeof part === 'string' ? part : 'reference')).join('');
  return (JSON.parse(text) as { widgets: readonly Widget[] }).widgets;
}
