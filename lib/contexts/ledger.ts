import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { BOOKS_BROKEN } from '../../functions/ledger/adapters/metrics.ts';
import { LEDGER_TABLES } from '../../functions/ledger/adapters/tables.ts';
import {
  auditNow,
  correctTransfer,
  getLedgerDay,
  getOrderBook,
  listAccounts,
  listBreaks,
  listEntries,
  postCorrection,
  reverseEntry,
} from '../../functions/ledger/routes.ts';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import { alarm } from '../constructs/alarms.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import { OutboxRelay } from '../constructs/outbox-relay.ts';
import type { Platform } from '../constructs/platform.ts';
import { Schedule } from '../constructs/schedule.ts';
import type { WaybillTable } from '../constructs/waybill-table.ts';
import { environmentOf } from '../stages/environment.ts';

/** What books follow from beside orders, and what those of articles are compared with. */
interface BookedTables {
  readonly stockLog: WaybillTable;
  readonly inventory: WaybillTable;
  readonly transferLog: WaybillTable;
  /** Where people find what breaks a rule and belongs to no order. */
  readonly tasks: WaybillTable;
}

/** The books of money and of stock. */
export class Ledger extends BoundedContext {
  constructor(scope: Construct, id: string, platform: Platform, booked: BookedTables) {
    super(scope, id, platform);
    const ledger = this.table('Ledger', LEDGER_TABLES.ledger, { sortKeyType: AttributeType.NUMBER });
    const reports = this.table('LedgerReports', LEDGER_TABLES.ledgerReports);
    this.#posting(ledger);
    this.#transfers(ledger, booked);
    this.#auditing(ledger, reports, booked);
    this.#answering(ledger, reports);
    this.probes.push(ledger.probe('ledger'), reports.probe('ledger-reports'));
  }

  #auditing(
    ledger: WaybillTable,
    reports: WaybillTable,
    { inventory, stockLog, transferLog, tasks }: BookedTables,
  ): void {
    const { configuration, eventLog } = this.platform;
    const auditor = this.function('ledger/audit-books', { timeout: Duration.seconds(30) });
    reports.grantTo(auditor, 'GetItem');
    ledger.grantIndexTo(auditor, 'byDay', 'Query');
    for (const each of [auditor, this.endpoint(auditNow)]) {
      stockLog.grantTo(each, 'Query', 'Scan');
      transferLog.grantTo(each, 'Scan');
      inventory.grantTo(each, 'GetItem');
      tasks.grantTo(each, 'GetItem', 'PutItem');
      eventLog.grantReadAll(each);
      eventLog.grantAppend(each);
      configuration.grantRead(each);
      ledger.grantTo(each, 'Query', 'PutItem');
      reports.grantTo(each, 'Query', 'PutItem', 'DeleteItem');
    }
    new Schedule(this, 'Audits', { every: Duration.minutes(15), handler: auditor, severity: 'warning' });
    alarm(this, 'BooksBroken', {
      metric: new Metric({
        namespace: environmentOf(this).metricsNamespace,
        metricName: BOOKS_BROKEN.name,
        period: Duration.minutes(5),
        statistic: 'Sum',
      }),
      threshold: 1,
      severity: 'critical',
      description:
        'The books of an order for which nothing is under way, the stock of an article, or the money of a transfer, break a rule. A person has the task.',
      runbook: 'books-disagree',
    });
  }

  #answering(ledger: WaybillTable, reports: WaybillTable): void {
    const ofOrder = this.endpoint(getOrderBook);
    this.platform.eventLog.grantRead(ofOrder);
    ledger.grantTo(ofOrder, 'Query');
    for (const each of [reverseEntry, correctTransfer]) ledger.grantTo(this.endpoint(each), 'Query', 'PutItem');
    const correction = this.endpoint(postCorrection);
    this.platform.eventLog.grantRead(correction);
    ledger.grantTo(correction, 'Query', 'PutItem');
    const accounts = this.endpoint(listAccounts);
    reports.grantTo(accounts, 'GetItem', 'Query');
    for (const each of [accounts, this.endpoint(listEntries), this.endpoint(getLedgerDay)]) {
      ledger.grantIndexTo(each, 'byDay', 'Query');
    }
    reports.grantTo(this.endpoint(listBreaks), 'Query');
  }

  /** They are told of as they are recorded: there are few, and each waits for a person. */
  #transfers(ledger: WaybillTable, { transferLog }: BookedTables): void {
    const relay = this.function('ledger/post-transfers', { timeout: Duration.seconds(30) });
    transferLog.grantTo(relay, 'Query');
    ledger.grantTo(relay, 'Query', 'PutItem');
    new OutboxRelay(this, 'BookedTransfers', { table: transferLog, relay });
  }

  #posting(ledger: WaybillTable): void {
    const { bus, eventLog } = this.platform;
    const subscriber = this.function('ledger/post-entries', { timeout: Duration.seconds(10) });
    eventLog.grantRead(subscriber);
    ledger.grantTo(subscriber, 'Query', 'PutItem');
    new EventSubscription(this, 'BookedEvents', {
      bus,
      pattern: {
        source: [EVENT_SOURCES.orders],
        // What came before one of them is booked with it: an order whose payment goes well costs one write.
        detailType: [
          'OrderConfirmed',
          'OrderCancelled',
          'CancellationRequested',
          'InventoryReleased',
          'ReservationConfirmed',
          'PaymentVoided',
          'PaymentRefunded',
          'TransferReceived',
          'TransferReturned',
          'RefundRequested',
          'RefundFailed',
          'ReturnReceived',
          'TaskResolved',
        ],
      },
      batchingWindow: Duration.seconds(2),
      batchSize: 100,
      subscriber,
    });
  }
}
