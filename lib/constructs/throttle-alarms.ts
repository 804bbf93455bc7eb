import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { emulatorOf } from '../emulator/emulator-of.ts';
import { alarm } from './alarms.ts';
import type { WaybillTable } from './waybill-table.ts';

const PERIOD = Duration.minutes(5);
/** A burst that SDK clients repeat by themselves calls nobody. */
const SEVERAL = 10;
const RUNBOOK = 'throttled';

/** Tell that AWS takes no more of us: of all functions together, which share the account's concurrency, and of each table. */
export class ThrottleAlarms extends Construct {
  constructor(scope: Construct, id: string, tables: readonly WaybillTable[]) {
    super(scope, id);
    alarm(this, 'FunctionsThrottled', {
      // Without a dimension: of every function of the account in this region, because they take concurrency from each other.
      metric: new Metric({ namespace: 'AWS/Lambda', metricName: 'Throttles', period: PERIOD, statistic: 'Sum' }),
      threshold: SEVERAL,
      severity: 'critical',
      description: 'Functions of the account are not started, because too many run: callers wait or are refused.',
      runbook: RUNBOOK,
    });
    // Emulators have no alarms on sums of metrics.
    if (emulatorOf(this) !== undefined) return;
    for (const table of tables) {
      alarm(this, `${table.node.id}Throttled`, {
        metric: throttlesOf(table),
        threshold: SEVERAL,
        severity: 'warning',
        description: `The table ${table.node.id} refuses reads or writes: what needs it is slow or comes later.`,
        runbook: RUNBOOK,
      });
    }
  }
}

/** Reads and writes, each of which has data only when it happens. */
function throttlesOf(table: WaybillTable): MathExpression {
  const of = (metricName: string) => table.metric(metricName, { period: PERIOD, statistic: 'Sum' });
  return new MathExpression({
    expression: 'FILL(reads, 0) + FILL(writes, 0)',
    usingMetrics: { reads: of('ReadThrottleEvents'), writes: of('WriteThrottleEvents') },
    label: 'Throttled reads and writes',
    period: PERIOD,
  });
}
