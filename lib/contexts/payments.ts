import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { PAYMENT_GATEWAY } from '../../functions/payments/adapters/partner.ts';
import { askGateway } from '../../functions/payments/routes.ts';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import { Partner } from '../constructs/partner.ts';
import type { Platform } from '../constructs/platform.ts';

/** Authorisations, captures and refunds at the payment gateway. */
export class Payments extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform) {
    super(scope, id, platform);
    const gateway = new Partner(this.withSagas, 'PaymentGateway', { ...PAYMENT_GATEWAY, partners: platform.partners });
    for (const name of [
      'payments/authorise-payment',
      'payments/capture-payment',
      'payments/void-payment',
      'payments/adjust-authorisation',
      'payments/restore-authorisation',
    ] as const) {
      gateway.grantCall(this.step(name));
    }
    const ask = this.endpoint(askGateway);
    platform.eventLog.grantRead(ask);
    gateway.grantCall(ask);
    this.#refunds(gateway);
    this.probes.push(gateway.probe);
    this.partners.push(gateway);
  }

  #refunds(gateway: Partner): void {
    const { bus, eventLog } = this.platform;
    const refundPayment = this.function('payments/refund-payment', { timeout: Duration.seconds(12) });
    eventLog.grantFindEvent(refundPayment);
    eventLog.grantAppend(refundPayment);
    gateway.grantCall(refundPayment);
    new EventSubscription(this, 'Refunds', {
      bus,
      // A person resumes a refund that has failed as they resume anything else.
      pattern: { source: [EVENT_SOURCES.orders], detailType: ['RefundRequested', 'TaskResumed'] },
      // Sixteen hours: more than a refund is tried while the gateway is away. The rest is for outcomes that stay unknown.
      maxReceives: 200,
      backsOff: true,
      // Refunds are not urgent: when there are many, they wait in the queue, and the gateway keeps its time for checkouts.
      maxConcurrency: 5,
      subscriber: refundPayment,
    });
  }
}
