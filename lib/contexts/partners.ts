import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { INSTANCES_NOT_UP } from '../../functions/partners/adapters/metrics.ts';
import { PARTNERS_VARIABLE } from '../../functions/partners/adapters/partner.ts';
import {
  deregisterInstance,
  listPartners,
  receiveHeartbeat,
  registerInstance,
} from '../../functions/partners/routes.ts';
import { METRICS_NAMESPACE } from '../../functions/shared/edge/metrics.ts';
import { alarm } from '../constructs/alarms.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { tell } from '../constructs/grant.ts';
import type { Platform } from '../constructs/platform.ts';
import type { Probe } from '../constructs/probe.ts';
import { Schedule } from '../constructs/schedule.ts';
import type { WaybillFunction } from '../constructs/waybill-function.ts';

export interface PartnersProps {
  /** The partners that contexts call. */
  readonly partners: readonly Probe[];
}

const CHECK_INTERVAL = Duration.minutes(1);
const MINUTES_IN_A_ROW = 5;

/** The instances of partners: their registry and their health. */
export class Partners extends BoundedContext {
  readonly #partners: readonly Probe[];

  constructor(scope: Construct, id: string, platform: Platform, { partners }: PartnersProps) {
    super(scope, id, platform);
    this.#partners = partners;
    this.#grant(this.endpoint(listPartners), 'Query');
    this.#grant(this.endpoint(registerInstance), 'PutItem');
    this.#grant(this.endpoint(receiveHeartbeat), 'UpdateItem');
    this.#grant(this.endpoint(deregisterInstance), 'DeleteItem');
    this.#checks();
  }

  #checks(): void {
    const check = this.function('partners/check-partners', { timeout: Duration.seconds(30) });
    this.#grant(check, 'Query', 'UpdateItem');
    this.platform.configuration.grantRead(check);
    this.platform.bus.grantPublish(check);
    new Schedule(this, 'PartnerChecks', { every: CHECK_INTERVAL, handler: check, severity: 'warning' });
    for (const { name } of this.#partners) {
      alarm(check, `NotUp-${name}`, {
        metric: new Metric({
          namespace: METRICS_NAMESPACE,
          metricName: INSTANCES_NOT_UP.name,
          dimensionsMap: { Partner: name },
          statistic: 'Minimum',
          period: CHECK_INTERVAL,
        }),
        threshold: 1,
        evaluationPeriods: MINUTES_IN_A_ROW,
        severity: 'warning',
        description: `An instance of ${name} has not been up for five minutes: the others, or its fallback address, get its calls.`,
        runbook: 'partner-instance-not-up',
      });
    }
  }

  /** Lets a function use the registry, and tells it which partners there are. */
  #grant(receiver: WaybillFunction, ...actions: string[]): void {
    this.platform.partners.table.grantTo(receiver, ...actions);
    tell(receiver, {
      [PARTNERS_VARIABLE]: Stack.of(this).toJsonString(
        this.#partners.map(({ name, target }) => ({ name, fallbackUrl: target })),
      ),
    });
  }
}
