import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { STATEMENT_GAPS, STRANDED_TRANSFERS, UNMATCHED_TRANSFERS } from '../../functions/payments/adapters/metrics.ts';
import {
  ALIPAY,
  BANK,
  CARD_NOTIFICATIONS,
  CARD_RETURN_VARIABLE,
  NOTIFICATIONS_VARIABLE,
  PAYMENT_GATEWAY,
  WECHAT_PAY,
} from '../../functions/payments/adapters/partner.ts';
import { PAYMENT_TABLES } from '../../functions/payments/adapters/tables.ts';
import { askGateway, decideTransfer, listTransfers, receiveNotification } from '../../functions/payments/routes.ts';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import { TRANSFER_LOG_TABLES } from '../../functions/published/transfer-log-tables.ts';
import { alarm } from '../constructs/alarms.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import { tell } from '../constructs/grant.ts';
import { Group } from '../constructs/group.ts';
import { urlParameter } from '../constructs/parameters.ts';
import { Partner } from '../constructs/partner.ts';
import { PartnerCredential } from '../constructs/partner-credential.ts';
import type { Platform } from '../constructs/platform.ts';
import { Schedule } from '../constructs/schedule.ts';
import { WaybillFunction } from '../constructs/waybill-function.ts';
import type { WaybillTable } from '../constructs/waybill-table.ts';
import { environmentOf } from '../stages/environment.ts';

/** A host that never exists, until a deployment names its bank: an order that is paid by transfer waits. */
const NO_BANK = 'https://bank.invalid';
/** A host that never exists: what channels do not tell is asked for. */
const NOBODY_IS_TOLD = 'https://notifications.invalid';
/** A host that never exists: the customer has to go back to the shop without help. */
const NO_SHOP = 'https://shop.invalid';

export interface PaymentsProps {
  /** The stack of what channels tell: the one of the sagas is nearly full. */
  readonly notices: Construct;
}

/** Authorisations, captures and refunds at the channels of payments. */
export class Payments extends BoundedContext {
  readonly #notices: Group;
  readonly #channels: readonly Partner[];
  readonly #table: WaybillTable;
  readonly #notificationsUrl: string;
  readonly #cardReturnUrl: string;
  /** The histories of transfers that quote no reference of an order. */
  readonly transferLog: WaybillTable;

  constructor(scope: Construct, id: string, platform: Platform, { notices }: PaymentsProps) {
    super(scope, id, platform);
    this.#notices = new Group(notices, id);
    const { partners } = platform;
    const gateway = new Partner(this.withSagas, 'PaymentGateway', { ...PAYMENT_GATEWAY, partners });
    const alipay = new Partner(this.withSagas, 'Alipay', {
      ...ALIPAY,
      partners,
      byDefault: 'https://openapi.alipay.com',
    });
    const wechatPay = new Partner(this.withSagas, 'WechatPay', {
      ...WECHAT_PAY,
      partners,
      byDefault: 'https://api.mch.weixin.qq.com',
    });
    const bank = new Partner(this.withSagas, 'Bank', {
      ...BANK,
      partners,
      byDefault: NO_BANK,
      alarms: this.#notices,
    });
    this.#channels = [gateway, alipay, wechatPay, bank];
    this.#notificationsUrl = urlParameter(
      this.withSagas,
      'PaymentNotificationsUrl',
      'Where channels of payments tell what has happened: the base URL of the API with /api/v1/payments/notifications',
      NOBODY_IS_TOLD,
    );
    this.#cardReturnUrl = urlParameter(
      this.withSagas,
      'CardReturnUrl',
      'The page of the shop to which the bank of a card sends its customer after a challenge',
      NO_SHOP,
    );
    for (const name of [
      'payments/authorise-payment',
      'payments/capture-payment',
      'payments/void-payment',
      'payments/adjust-authorisation',
      'payments/restore-authorisation',
    ] as const) {
      this.#grantCall(this.step(name));
    }
    this.transferLog = this.table('TransferLog', TRANSFER_LOG_TABLES.transferLog, {
      sortKeyType: AttributeType.NUMBER,
      stream: true,
    });
    this.#table = this.table('BankTransfers', PAYMENT_TABLES.bankTransfers);
    this.#transfers(bank);
    const ask = this.endpoint(askGateway);
    platform.eventLog.grantRead(ask);
    this.#grantCall(ask);
    this.#notifications([alipay, wechatPay]);
    this.#latePayments();
    this.#watchedRefunds();
    this.#refunds();
    this.probes.push(gateway.probe);
    this.partners.push(gateway);
  }

  #grantCall(caller: LambdaFunction): void {
    for (const channel of this.#channels) channel.grantCall(caller);
    tell(caller, { [NOTIFICATIONS_VARIABLE]: this.#notificationsUrl, [CARD_RETURN_VARIABLE]: this.#cardReturnUrl });
  }

  #notifications(notifying: readonly Partner[]): void {
    const handler = this.endpoint(receiveNotification, this.#notices);
    this.platform.eventLog.grantAppend(handler);
    for (const channel of notifying) channel.grantVerify(handler);
    const { partners } = this.platform;
    const cards = new PartnerCredential(
      partners,
      'CardNotificationsCredential',
      'notifications of the payment gateway',
    );
    cards.grantRead(handler);
    tell(handler, { [CARD_NOTIFICATIONS.credentialVariable]: cards.arn });
  }

  /** What was transferred to the shop's account. */
  #transfers(bank: Partner): void {
    const transfers = this.#table;
    transfers.grantTo(this.steps['AuthorisePayment'] as WaybillFunction, 'PutItem');
    const reader = new WaybillFunction(this.#notices, 'payments/read-statements', { timeout: Duration.seconds(30) });
    transfers.grantTo(reader, 'GetItem', 'PutItem', 'UpdateItem');
    // It appends, and takes what people wrote out of what is old.
    this.transferLog.grantTo(reader, 'Query', 'PutItem', 'UpdateItem');
    tell(reader, { PERSONAL_DATA_DAYS: String(environmentOf(this).personalDataDays) });
    transfers.grantIndexTo(reader, 'byOpen', 'Query');
    transfers.grantIndexTo(this.endpoint(listTransfers, this.#notices), 'byOpen', 'Query');
    const decide = this.endpoint(decideTransfer, this.#notices);
    transfers.grantTo(decide, 'GetItem', 'UpdateItem');
    this.platform.eventLog.grantRead(decide);
    this.platform.eventLog.grantAppend(reader);
    bank.grantCall(reader);
    new Schedule(this.#notices, 'Statements', { every: Duration.minutes(1), handler: reader, severity: 'warning' });
    const sumOf = (metricName: string): Metric =>
      new Metric({
        namespace: environmentOf(this).metricsNamespace,
        metricName,
        period: Duration.minutes(5),
        statistic: 'Sum',
      });
    alarm(this.#notices, 'BankTransfersUnmatched', {
      metric: new Metric({
        namespace: environmentOf(this).metricsNamespace,
        metricName: UNMATCHED_TRANSFERS.name,
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      threshold: 1,
      severity: 'warning',
      description: 'Nobody knows what a transfer is for: a person has to match it to an order or send it back.',
      runbook: 'bank-transfers',
    });
    alarm(this.#notices, 'BankStatementGaps', {
      metric: sumOf(STATEMENT_GAPS.name),
      threshold: 1,
      severity: 'critical',
      description: 'A statement of the bank does not follow on from the last one: no transfer is read until it does.',
      runbook: 'bank-transfers',
    });
    alarm(this.#notices, 'BankTransfersStranded', {
      metric: sumOf(STRANDED_TRANSFERS.name),
      threshold: 1,
      severity: 'warning',
      description: 'A transfer cannot be given back, or one of ours came back: a person has to see to the money.',
      runbook: 'bank-transfers',
    });
    this.probes.push(transfers.probe('bank-transfers'), this.transferLog.probe('transfer-log'));
  }

  /** Payments that came after their order was cancelled, and what channels tell of refunds. */
  #latePayments(): void {
    const { bus, eventLog } = this.platform;
    const settle = new WaybillFunction(this.#notices, 'payments/settle-late-payment', {
      timeout: Duration.seconds(12),
    });
    eventLog.grantFindEvent(settle);
    eventLog.grantAppend(settle);
    this.#grantCall(settle);
    new EventSubscription(this.#notices, 'LatePayments', {
      bus,
      pattern: {
        source: [EVENT_SOURCES.orders],
        detailType: ['OrderCancelled', 'PaymentNotified', 'TransferReceived', 'TaskResumed'],
      },
      // Sixteen hours, as for refunds: a transfer takes its time.
      maxReceives: 200,
      backsOff: true,
      maxConcurrency: 5,
      subscriber: settle,
    });
  }

  /** What channels are asked of refunds when they tell nothing. */
  #watchedRefunds(): void {
    const look = new WaybillFunction(this.#notices, 'payments/look-after-refunds', { timeout: Duration.seconds(30) });
    this.platform.eventLog.grantAppend(look);
    this.#grantCall(look);
    this.#table.grantTo(look, 'PutItem', 'DeleteItem');
    this.#table.grantIndexTo(look, 'byOpen', 'Query');
    new Schedule(this.#notices, 'WatchedRefunds', { every: Duration.minutes(5), handler: look, severity: 'warning' });
  }

  #refunds(): void {
    const { bus, eventLog } = this.platform;
    const refundPayment = this.function('payments/refund-payment', { timeout: Duration.seconds(12) });
    eventLog.grantFindEvent(refundPayment);
    eventLog.grantAppend(refundPayment);
    this.#grantCall(refundPayment);
    this.#table.grantTo(refundPayment, 'PutItem');
    new EventSubscription(this, 'Refunds', {
      bus,
      // A person resumes a refund that has failed as they resume anything else.
      pattern: { source: [EVENT_SOURCES.orders], detailType: ['RefundRequested', 'PaymentRefunded', 'TaskResumed'] },
      // Sixteen hours: more than a refund is tried while the gateway is away. The rest is for outcomes that stay unknown.
      maxReceives: 200,
      backsOff: true,
      // Refunds are not urgent: when there are many, they wait in the queue, and the gateway keeps its time for checkouts.
      maxConcurrency: 5,
      subscriber: refundPayment,
    });
  }
}
