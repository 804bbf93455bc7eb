import path from 'node:path';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Match } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import { HoldingQueue } from '../constructs/holding-queue.ts';
import { OrdersApi, type Route } from '../constructs/orders-api.ts';
import { OutboxRelay } from '../constructs/outbox-relay.ts';
import { watchProjection } from '../constructs/projection-alarms.ts';
import { Saga } from '../constructs/saga.ts';
import {
  type CallerLimitProps,
  type IssuerProps,
  type PartnerProps,
  type SnapshotProps,
  WaybillFunction,
  type WaybillFunctionProps,
} from '../constructs/waybill-function.ts';
import { type FunctionName, PROJECT_ROOT } from '../functions.ts';
import { CANCELLATION } from './cancellation.ts';
import { parametersOf } from './parameters.ts';
import type { StatefulStack } from './stateful-stack.ts';

export interface StatelessStackProps extends StackProps {
  readonly tables: StatefulStack;
}

/** Everything that can be deployed anew at any time: bus, functions, queues, saga and API. */
export class StatelessStack extends Stack {
  readonly #tables: StatefulStack;
  readonly #bus: EventBus;
  readonly #gateway: PartnerProps;
  readonly #carrier: PartnerProps;
  readonly #snapshots: SnapshotProps;
  readonly #issuer: IssuerProps;
  readonly #callerLimit: CallerLimitProps;
  readonly #parameters: ReturnType<typeof parametersOf>;

  constructor(scope: Construct, id: string, props: StatelessStackProps) {
    super(scope, id, props);
    this.#tables = props.tables;
    this.#parameters = parametersOf(this);
    const { gatewayUrl, carrierUrl, issuer, audience, snapshotEvery, callerRequestsPerSecond, callerBurst } =
      this.#parameters;
    this.#gateway = { variable: 'PAYMENT_GATEWAY_URL', url: gatewayUrl };
    this.#carrier = { variable: 'CARRIER_URL', url: carrierUrl };
    this.#snapshots = { table: props.tables.orderSnapshots, every: snapshotEvery };
    this.#issuer = { issuer, audience };
    this.#callerLimit = { table: props.tables.rateLimits, perSecond: callerRequestsPerSecond, burst: callerBurst };
    this.#bus = new EventBus(this, 'Bus', { description: 'What happens to orders' });

    const { saga, cancellation } = this.orderSaga();
    const itemsChange = this.itemsChangeSaga();
    this.publishing();
    this.subscribers({ saga, cancellation, itemsChange });
    const parkedOrders = this.parkedOrders();
    const sagaFailures = this.sagaFailures([saga, cancellation, itemsChange]);
    const api = this.api(saga);

    this.outputs({
      ApiUrl: api.url,
      EventBusName: this.#bus.eventBusName,
      OrderSagaArn: saga.aliasArn,
      OrderSagaMachineArn: saga.machineArn,
      ParkedOrdersQueueUrl: parkedOrders.queue.queueUrl,
      SagaFailuresQueueUrl: sagaFailures.queue.queueUrl,
    });
  }

  private orderSaga(): { readonly saga: Saga; readonly cancellation: Saga } {
    const { orderLog, inventory } = this.#tables;
    const fact = (id: string, name: FunctionName) => this.step(id, name).appendsToOrderLog(orderLog);
    const definitionFile = path.join(PROJECT_ROOT, 'statemachines/order-saga/definition.asl.json');
    const compensations = {
      CancelShipment: fact('CancelShipment', 'shipping/cancel-shipment').calls(this.#carrier),
      VoidPayment: fact('VoidPayment', 'payments/void-payment').calls(this.#gateway),
      ReleaseInventory: fact('ReleaseInventory', 'inventory/release-inventory').changesInventory(inventory),
      CancelOrder: fact('CancelOrder', 'orders/cancel-order').readsOrderSnapshots(this.#snapshots),
    };
    const saga = new Saga(this, 'OrderSaga', {
      definitionFile,
      bus: this.#bus,
      eventSource: EVENT_SOURCES.saga,
      steps: {
        ReserveInventory: fact('ReserveInventory', 'inventory/reserve-inventory').changesInventory(inventory),
        AuthorisePayment: fact('AuthorisePayment', 'payments/authorise-payment').calls(this.#gateway),
        CreateShipment: fact('CreateShipment', 'shipping/create-shipment').calls(this.#carrier),
        CapturePayment: fact('CapturePayment', 'payments/capture-payment').calls(this.#gateway),
        ConfirmOrder: fact('ConfirmOrder', 'orders/confirm-order').readsOrderSnapshots(this.#snapshots),
        ...compensations,
      },
    });
    const cancellation = new Saga(this, 'CancellationSaga', {
      definitionFile,
      entry: CANCELLATION,
      bus: this.#bus,
      eventSource: EVENT_SOURCES.saga,
      steps: compensations,
    });
    return { saga, cancellation };
  }

  private itemsChangeSaga(): Saga {
    const { orderLog, inventory } = this.#tables;
    const fact = (id: string, name: FunctionName) => this.step(id, name).appendsToOrderLog(orderLog);
    return new Saga(this, 'ItemsChangeSaga', {
      definitionFile: path.join(PROJECT_ROOT, 'statemachines/items-change/definition.asl.json'),
      bus: this.#bus,
      eventSource: EVENT_SOURCES.saga,
      steps: {
        AdjustAuthorisation: fact('AdjustAuthorisation', 'payments/adjust-authorisation').calls(this.#gateway),
        AdjustReservation: fact('AdjustReservation', 'inventory/adjust-reservation').changesInventory(inventory),
        RefuseItemsChange: fact('RefuseItemsChange', 'orders/refuse-items-change').readsOrderSnapshots(this.#snapshots),
        RestoreAuthorisation: fact('RestoreAuthorisation', 'payments/restore-authorisation').calls(this.#gateway),
      },
    });
  }

  /** A saga's step. Its timeout is below that of its state, so that a late step is known to have ended. */
  private step(id: string, name: FunctionName): WaybillFunction {
    return this.function(id, name, { timeout: Duration.seconds(12) });
  }

  /** Order log → bus. */
  private publishing(): void {
    new OutboxRelay(this, 'OutboxRelay', {
      table: this.#tables.orderLog,
      relay: this.function('RelayOrderEvents', 'orders/relay-order-events', {
        timeout: Duration.seconds(30),
      }).publishesTo(this.#bus),
    });
  }

  /** Bus → what follows from an event. */
  private subscribers({
    saga,
    cancellation,
    itemsChange,
  }: {
    readonly saga: Saga;
    readonly cancellation: Saga;
    readonly itemsChange: Saga;
  }): void {
    const { orderLog, orderView, orderSearch, projections, notifications } = this.#tables;
    new EventSubscription(this, 'SagaStarts', {
      bus: this.#bus,
      // An order that is held for review starts when it is approved.
      pattern: {
        source: [EVENT_SOURCES.orders],
        detailType: ['OrderCreated', 'OrderApproved'],
        detail: { data: { review: Match.doesNotExist() } },
      },
      subscriber: this.function('StartOrderSaga', 'orders/start-order-saga', { timeout: Duration.seconds(10) }).starts(
        saga,
      ),
    });
    new EventSubscription(this, 'CancellationStarts', {
      bus: this.#bus,
      // Before the confirmation the order's own saga is running, and undoes what it has done.
      pattern: {
        source: [EVENT_SOURCES.orders],
        detailType: ['CancellationRequested'],
        detail: { data: { from: ['processing'] } },
      },
      subscriber: this.function('StartCancellationSaga', 'orders/start-cancellation-saga', {
        timeout: Duration.seconds(10),
      }).starts(cancellation),
    });
    new EventSubscription(this, 'ItemsChangeStarts', {
      bus: this.#bus,
      pattern: { source: [EVENT_SOURCES.orders], detailType: ['ItemsChangeRequested'] },
      subscriber: this.function('StartItemsChange', 'orders/start-items-change', {
        timeout: Duration.seconds(10),
      }).starts(itemsChange),
    });
    new EventSubscription(this, 'Refunds', {
      bus: this.#bus,
      pattern: { source: [EVENT_SOURCES.orders], detailType: ['RefundRequested'] },
      // More than the attempts after which a refund has failed: the rest is for outcomes that nobody knows.
      maxReceives: 20,
      backsOff: true,
      subscriber: this.function('RefundPayment', 'payments/refund-payment', { timeout: Duration.seconds(12) })
        .appendsToOrderLog(orderLog)
        .calls(this.#gateway)
        .givesUpAfter(this.#parameters.refundAttempts),
    });
    const viewUpdates = new EventSubscription(this, 'OrderViewUpdates', {
      bus: this.#bus,
      pattern: { source: [EVENT_SOURCES.orders] },
      // The events of an order come within moments of each other: gathered, they are one projection and not six.
      batchingWindow: Duration.seconds(1),
      // More than 30 orders bring in that second; were each event another order's, they would take half the timeout.
      batchSize: 250,
      subscriber: this.function('ProjectOrderView', 'orders/project-order-view', { timeout: Duration.seconds(10) })
        .readsOrderLog(orderLog)
        .keepsOrderSnapshots(this.#snapshots)
        .writesOrderView(orderView)
        .writesOrderSearch(orderSearch)
        .notesProgress(projections),
    });
    watchProjection(viewUpdates, 'order-view');
    new EventSubscription(this, 'CustomerNotifications', {
      bus: this.#bus,
      pattern: { source: [EVENT_SOURCES.orders], detailType: ['OrderConfirmed', 'OrderCancelled'] },
      subscriber: this.function('NotifyCustomer', 'notifications/notify-customer', {
        timeout: Duration.seconds(10),
      }).writesNotifications(notifications),
    });
  }

  private parkedOrders(): HoldingQueue {
    return new HoldingQueue(this, 'ParkedOrders', {
      bus: this.#bus,
      pattern: {
        source: [EVENT_SOURCES.orders, EVENT_SOURCES.saga],
        detailType: ['CompensationParked', 'OrderParked', 'RefundFailed'],
      },
      meaning:
        'Something of an order could not be undone, recorded or refunded: a person has to finish it. The message names order and step, or refund.',
    });
  }

  private sagaFailures(sagas: readonly Saga[]): HoldingQueue {
    return new HoldingQueue(this, 'SagaFailures', {
      pattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: sagas.map(({ machineArn }) => machineArn),
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      meaning:
        'A saga did not come to an end: a person has to finish its order. The name of the execution begins with that of the order.',
    });
  }

  private api(saga: Saga): OrdersApi {
    return new OrdersApi(this, 'OrdersApi', {
      issuer: this.#issuer,
      authoriseRequest: this.answer('AuthoriseRequest', 'identity/authorise-request').trusts(this.#issuer),
      routes: [
        ...this.queries(),
        ...this.commands(),
        { method: 'GET', path: '/health', handler: this.health(saga), openToAll: true },
        {
          method: 'GET',
          path: '/openapi.json',
          handler: this.answer('GetDocument', 'api-docs/get-document'),
          openToAll: true,
        },
        { method: 'GET', path: '/docs', handler: this.answer('GetPage', 'api-docs/get-page'), openToAll: true },
      ],
    });
  }

  private queries(): Route[] {
    const { orderLog, orderView, orderSearch, projections } = this.#tables;
    return [
      {
        method: 'GET',
        path: '/orders/{orderId}',
        handler: this.limited('GetOrder', 'orders/get-order')
          .readsOrderLog(orderLog)
          .readsOrderSnapshots(this.#snapshots),
      },
      {
        method: 'GET',
        path: '/orders/{orderId}/history',
        handler: this.limited('GetOrderHistory', 'orders/get-order-history').readsOrderLog(orderLog),
      },
      {
        method: 'GET',
        path: '/orders/search',
        handler: this.limited('SearchOrders', 'orders/search-orders').searchesOrders(orderSearch, orderView),
      },
      {
        method: 'GET',
        path: '/orders/customer/{customerId}',
        handler: this.limited('ListOrders', 'orders/list-orders').listsOrderView(orderView),
      },
      {
        method: 'GET',
        path: '/metrics',
        handler: this.limited('GetMetrics', 'orders/get-metrics').readsProjections(projections),
      },
    ];
  }

  private commands(): Route[] {
    const { orderLog, catalogue, promotions, idempotency, commands } = this.#tables;
    const changing = (id: string, name: FunctionName) =>
      this.limited(id, name)
        .appendsToOrderLog(orderLog)
        .readsOrderSnapshots(this.#snapshots)
        .keepsIdempotencyRecords(idempotency);
    const command = (id: string, name: FunctionName) => changing(id, name).recordsCommands(commands);
    const priced = (endpoint: WaybillFunction) =>
      endpoint.readsCatalogue(catalogue).readsPromotions(promotions).holdsForReview(this.#parameters.reviewFrom);
    return [
      { method: 'POST', path: '/orders', handler: priced(changing('CreateOrder', 'orders/create-order')) },
      {
        method: 'POST',
        path: '/orders/{orderId}/cancel',
        handler: command('RequestCancellation', 'orders/request-cancellation'),
      },
      {
        method: 'PUT',
        path: '/orders/{orderId}/shipping-address',
        handler: command('ChangeShippingAddress', 'orders/change-shipping-address'),
      },
      {
        method: 'PUT',
        path: '/orders/{orderId}/items',
        handler: priced(command('ChangeItems', 'orders/change-items')),
      },
      { method: 'POST', path: '/orders/{orderId}/approve', handler: command('ApproveOrder', 'orders/approve-order') },
      { method: 'POST', path: '/orders/{orderId}/reject', handler: command('RejectOrder', 'orders/reject-order') },
      { method: 'POST', path: '/orders/{orderId}/ship', handler: command('ShipOrder', 'orders/ship-order') },
      { method: 'POST', path: '/orders/{orderId}/deliver', handler: command('DeliverOrder', 'orders/deliver-order') },
      { method: 'POST', path: '/orders/{orderId}/refunds', handler: command('RefundOrder', 'orders/refund-order') },
      { method: 'POST', path: '/orders/{orderId}/returns', handler: command('RequestReturn', 'orders/request-return') },
      {
        method: 'POST',
        path: '/orders/{orderId}/returns/{returnId}/receive',
        handler: command('ReceiveReturn', 'orders/receive-return'),
      },
    ];
  }

  private health(saga: Saga): WaybillFunction {
    const { orderLog, orderView, catalogue, inventory } = this.#tables;
    return this.answer('CheckHealth', 'operations/check-health')
      .watchesTable('ORDER_LOG_TABLE', orderLog)
      .watchesTable('ORDER_VIEW_TABLE', orderView)
      .watchesTable('CATALOGUE_TABLE', catalogue)
      .watchesTable('INVENTORY_TABLE', inventory)
      .watchesBus(this.#bus)
      .watchesSaga(saga)
      .calls(this.#gateway)
      .calls(this.#carrier)
      .watchesIssuer(this.#issuer);
  }

  /** A function behind the API. */
  private answer(id: string, name: FunctionName): WaybillFunction {
    return this.function(id, name, { timeout: Duration.seconds(10) });
  }

  /** One that answers callers, each within a rate. */
  private limited(id: string, name: FunctionName): WaybillFunction {
    return this.answer(id, name).limitsCallers(this.#callerLimit);
  }

  private function(id: string, name: FunctionName, props: Omit<WaybillFunctionProps, 'name'>): WaybillFunction {
    return new WaybillFunction(this, id, { name, ...props });
  }

  private outputs(values: Record<string, string>): void {
    for (const [id, value] of Object.entries(values)) new CfnOutput(this, id, { value });
  }
}
