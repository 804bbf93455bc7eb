import { Duration, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { CERTIFICATE_ENDING, INSTANCES_NOT_UP } from '../../functions/partners/adapters/metrics.ts';
import { CREDENTIALS_VARIABLE, PARTNERS_VARIABLE } from '../../functions/partners/adapters/partner.ts';
import {
  deregisterInstance,
  listPartners,
  receiveHeartbeat,
  registerInstance,
} from '../../functions/partners/routes.ts';
import { alarm } from '../constructs/alarms.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { tell } from '../constructs/grant.ts';
import type { Partner } from '../constructs/partner.ts';
import type { Platform } from '../constructs/platform.ts';
import { Schedule } from '../constructs/schedule.ts';
import type { WaybillFunction } from '../constructs/waybill-function.ts';
import type { WaybillTable } from '../constructs/waybill-table.ts';
import { environmentOf } from '../stages/environment.ts';

export interface PartnersProps {
  /** The partners that contexts call. */
  readonly partners: readonly Partner[];
  /** The waits of orders for them. */
  readonly waits: WaybillTable;
}

const CHECK_INTERVAL = Duration.minutes(1);
const MINUTES_IN_A_ROW = 5;

/** The instances of partners: their registry and their health. */
export class Partners extends BoundedContext {
  readonly #partners: readonly Partner[];

  constructor(scope: Construct, id: string, platform: Platform, { partners, waits }: PartnersProps) {
    super(scope, id, platform);
    this.#partners = partners;
    const list = this.endpoint(listPartners);
    this.#grant(list, 'Query');
    waits.grantIndexTo(list, 'byReadiness', 'Query');
    this.#grant(this.endpoint(registerInstance), 'PutItem');
    this.#grant(this.endpoint(receiveHeartbeat), 'UpdateItem');
    this.#grant(this.endpoint(deregisterInstance), 'DeleteItem');
    this.#checks();
    this.#rotations();
  }

  #checks(): void {
    const check = this.function('partners/check-partners', { timeout: Duration.seconds(30) });
    this.#grant(check, 'Query', 'UpdateItem');
    this.platform.configuration.grantRead(check);
    this.platform.bus.grantPublish(check);
    new Schedule(this, 'PartnerChecks', { every: CHECK_INTERVAL, handler: check, severity: 'warning' });
    this.#tellCredentials(check);
    for (const { partnerName: name, credential } of this.#partners) {
      credential.grantRead(check);
      const checked = (metricName: string): Metric =>
        new Metric({
          namespace: environmentOf(this).metricsNamespace,
          metricName,
          dimensionsMap: { Partner: name },
          statistic: 'Minimum',
          period: CHECK_INTERVAL,
        });
      alarm(check, `CertificateEnding-${name}`, {
        metric: checked(CERTIFICATE_ENDING.name),
        threshold: 1,
        severity: 'warning',
        description: `Our client certificate for ${name} ends within 30 days, or has ended: orders will wait for ${name} from then on.`,
        runbook: 'partner-certificate',
      });
      alarm(check, `NotUp-${name}`, {
        metric: checked(INSTANCES_NOT_UP.name),
        threshold: 1,
        evaluationPeriods: MINUTES_IN_A_ROW,
        severity: 'warning',
        description: `An instance of ${name} has not been up for five minutes: the others, or its fallback address, get its calls.`,
        runbook: 'partner-instance-not-up',
      });
    }
  }

  /** Our credentials for partners are replaced from time to time, and whenever an operator asks Secrets Manager for it. */
  #rotations(): void {
    const rotate = this.function('partners/rotate-credential', { timeout: Duration.seconds(30) });
    for (const { credential } of this.#partners) credential.rotateWith(rotate);
    this.#tellCredentials(rotate);
    alarm(rotate, 'Failing', {
      metric: rotate.metricErrors({ period: Duration.hours(1), statistic: 'Sum' }),
      threshold: 1,
      severity: 'warning',
      description: 'A credential for a partner could not be replaced: the old one stays in force.',
      runbook: 'partner-credential',
    });
  }

  #tellCredentials(receiver: WaybillFunction): void {
    const known = this.#partners.map(({ partnerName: partner, url, credential: { arn: secret } }) => ({
      partner,
      url,
      secret,
    }));
    tell(receiver, { [CREDENTIALS_VARIABLE]: Stack.of(this).toJsonString(known) });
  }

  /** Lets a function use the registry, and tells it which partners there are. */
  #grant(receiver: WaybillFunction, ...actions: string[]): void {
    this.platform.partners.table.grantTo(receiver, ...actions);
    tell(receiver, {
      [PARTNERS_VARIABLE]: Stack.of(this).toJsonString(
        this.#partners.map(({ partnerName: name, url }) => ({ name, fallbackUrl: url })),
      ),
    });
  }
}
