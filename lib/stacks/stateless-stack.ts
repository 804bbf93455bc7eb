import path from 'node:path';
import { CfnOutput, CfnParameter, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { EventBus, Match } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { EventSubscription } from '../constructs/event-subscription.ts';
import { HoldingQueue } from '../constructs/holding-queue.ts';
import { Saga } from '../constructs/saga.ts';
import { OrdersApi } from '../constructs/orders-api.ts';
import { OutboxRelay } from '../constructs/outbox-relay.ts';
import { WaybillFunction, type CallerLimitProps, type IssuerProps, type PartnerProps, type SnapshotProps, type WaybillFunctionProps } from '../constructs/waybill-function.ts';
import { PROJECT_ROOT, type FunctionName } from '../functions.ts';
import type { StatefulStack } from './stateful-stack.ts';

export interface StatelessStackProps extends StackProps {
  readonly tables: StatefulStack;
}

/** Who publishes on the bus: the relay, for what is in the order log, and the saga, for what could not be put there. */
const SOURCE = { orders: 'waybill.orders', saga: 'waybill.saga' } as const;

/** Everything that can be deployed anew at any time: bus, functions, queues, saga and API. */
export class StatelessStack extends Stack {
  readonly #tables: StatefulStack;
  readonly #bus: EventBus;
  readonly #gateway: PartnerProps;
  readonly #carrier: PartnerProps;
  readonly #snapshots: SnapshotProps;
  readonly #issuer: IssuerProps;
  readonly #callerLimit: CallerLimitProps;

  constructor(scope: Construct, id: string, props: StatelessStackProps) {
    super(scope, id, props);
    this.#tables = props.tables;
    this.#gateway = { variable: 'PAYMENT_GATEWAY_URL', url: this.urlParameter('PaymentGatewayUrl', 'Base URL of the payment gateway') };
    this.#carrier = { variable: 'CARRIER_URL', url: this.urlParameter('CarrierUrl', 'Base URL of the carrier') };
    this.#snapshots = { table: props.tables.orderSnapshots, every: this.snapshotEvery() };
    this.#issuer = {
      issuer: this.urlParameter('OidcIssuer', 'OpenID Connect issuer of the callers\' tokens, exactly as they name it (iss)'),
      audience: this.textParameter('OidcAudience', 'How the callers\' tokens name this API (aud)'),
    };
    this.#callerLimit = {
      table: props.tables.rateLimits,
      perSecond: this.numberParameter('CallerRequestsPerSecond', 50, 'Requests a second that each caller of the API may make in the long run'),
      burst: this.numberParameter('CallerBurst', 100, 'Requests that a caller who was quiet may make at once'),
    };
    this.#bus = new EventBus(this, 'Bus', { description: 'What happens to orders' });

    const saga = this.orderSaga();
    this.publishing();
    this.subscribers(saga);
    const parkedOrders = this.parkedOrders();
    const sagaFailures = this.sagaFailures(saga);
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

  private orderSaga(): Saga {
    const { orderLog, inventory } = this.#tables;
    // Each step's timeout is below that of its state, so that a late step is known to have ended.
    const step = (id: string, name: FunctionName) => this.function(id, name, { timeout: Duration.seconds(12) });
    const fact = (id: string, name: FunctionName) => step(id, name).appendsToOrderLog(orderLog);
    return new Saga(this, 'OrderSaga', {
      definitionFile: path.join(PROJECT_ROOT, 'statemachines/order-saga/definition.asl.json'),
      bus: this.#bus,
      steps: {
        ReserveInventory: fact('ReserveInventory', 'inventory/reserve-inventory').changesInventory(inventory),
        AuthorisePayment: fact('AuthorisePayment', 'payments/authorise-payment').calls(this.#gateway),
        CreateShipment: fact('CreateShipment', 'shipping/create-shipment').calls(this.#carrier),
        CapturePayment: fact('CapturePayment', 'payments/capture-payment').calls(this.#gateway),
        ConfirmOrder: step('ConfirmOrder', 'orders/confirm-order').appendsToOrderLog(orderLog).readsOrderSnapshots(this.#snapshots),
        CancelShipment: fact('CancelShipment', 'shipping/cancel-shipment').calls(this.#carrier),
        VoidPayment: fact('VoidPayment', 'payments/void-payment').calls(this.#gateway),
        ReleaseInventory: fact('ReleaseInventory', 'inventory/release-inventory').changesInventory(inventory),
        CancelOrder: step('CancelOrder', 'orders/cancel-order').appendsToOrderLog(orderLog).readsOrderSnapshots(this.#snapshots),
      },
    });
  }

  /** Order log → bus. */
  private publishing(): void {
    new OutboxRelay(this, 'OutboxRelay', {
      table: this.#tables.orderLog,
      relay: this.function('RelayOrderEvents', 'orders/relay-order-events', { timeout: Duration.seconds(30) }).publishesTo(this.#bus),
    });
  }

  /** Bus → what follows from an event. */
  private subscribers(saga: Saga): void {
    const { orderLog, orderView, orderSearch, notifications } = this.#tables;
    new EventSubscription(this, 'SagaStarts', {
      bus: this.#bus,
      // An order that is held for review starts when it is approved.
      pattern: { source: [SOURCE.orders], detailType: ['OrderCreated', 'OrderApproved'], detail: { data: { review: Match.doesNotExist() } } },
      subscriber: this.function('StartOrderSaga', 'orders/start-order-saga', { timeout: Duration.seconds(10) }).starts(saga),
    });
    new EventSubscription(this, 'OrderViewUpdates', {
      bus: this.#bus,
      pattern: { source: [SOURCE.orders] },
      // The events of an order come within moments of each other: gathered, they are one projection and not six.
      batchingWindow: Duration.seconds(1),
      batchSize: 100,
      subscriber: this.function('ProjectOrderView', 'orders/project-order-view', { timeout: Duration.seconds(10) })
        .readsOrderLog(orderLog)
        .keepsOrderSnapshots(this.#snapshots)
        .writesOrderView(orderView)
        .writesOrderSearch(orderSearch),
    });
    new EventSubscription(this, 'CustomerNotifications', {
      bus: this.#bus,
      pattern: { source: [SOURCE.orders], detailType: ['OrderConfirmed', 'OrderCancelled'] },
      subscriber: this.function('NotifyCustomer', 'notifications/notify-customer', { timeout: Duration.seconds(10) })
        .readsOrderLog(orderLog)
        .writesNotifications(notifications),
    });
  }

  private parkedOrders(): HoldingQueue {
    return new HoldingQueue(this, 'ParkedOrders', {
      bus: this.#bus,
      pattern: { source: [SOURCE.orders, SOURCE.saga], detailType: ['CompensationParked', 'OrderParked'] },
      meaning: 'Something of an order could not be undone or recorded: a person has to finish it. The message names order and step.',
    });
  }

  private sagaFailures(saga: Saga): HoldingQueue {
    return new HoldingQueue(this, 'SagaFailures', {
      pattern: {
        source: ['aws.states'],
        detailType: ['Step Functions Execution Status Change'],
        detail: { stateMachineArn: [saga.machineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
      },
      meaning: 'A saga did not come to an end: a person has to finish its order. The execution has the name of the order.',
    });
  }

  private api(saga: Saga): OrdersApi {
    const { orderLog, orderView, orderSearch, catalogue, promotions, inventory, idempotency } = this.#tables;
    const answer = (id: string, name: FunctionName) => this.function(id, name, { timeout: Duration.seconds(10) });
    const limited = (id: string, name: FunctionName) => answer(id, name).limitsCallers(this.#callerLimit);
    return new OrdersApi(this, 'OrdersApi', {
      issuer: this.#issuer,
      authoriseRequest: answer('AuthoriseRequest', 'identity/authorise-request').trusts(this.#issuer),
      createOrder: limited('CreateOrder', 'orders/create-order')
        .readsCatalogue(catalogue)
        .readsPromotions(promotions)
        .appendsToOrderLog(orderLog)
        .readsOrderSnapshots(this.#snapshots)
        .keepsIdempotencyRecords(idempotency),
      getOrder: limited('GetOrder', 'orders/get-order').readsOrderLog(orderLog).readsOrderSnapshots(this.#snapshots),
      getOrderHistory: limited('GetOrderHistory', 'orders/get-order-history').readsOrderLog(orderLog),
      searchOrders: limited('SearchOrders', 'orders/search-orders').searchesOrders(orderSearch, orderView),
      listOrders: limited('ListOrders', 'orders/list-orders').listsOrderView(orderView),
      getDocument: answer('GetDocument', 'api-docs/get-document'),
      getPage: answer('GetPage', 'api-docs/get-page'),
      checkHealth: answer('CheckHealth', 'operations/check-health')
        .watchesTable('ORDER_LOG_TABLE', orderLog)
        .watchesTable('ORDER_VIEW_TABLE', orderView)
        .watchesTable('CATALOGUE_TABLE', catalogue)
        .watchesTable('INVENTORY_TABLE', inventory)
        .watchesBus(this.#bus)
        .watchesSaga(saga)
        .calls(this.#gateway)
        .calls(this.#carrier)
        .watchesIssuer(this.#issuer),
    });
  }

  private function(id: string, name: FunctionName, props: Omit<WaybillFunctionProps, 'name'>): WaybillFunction {
    return new WaybillFunction(this, id, { name, ...props });
  }

  private urlParameter(id: string, description: string): string {
    return new CfnParameter(this, id, {
      description,
      allowedPattern: '^https?://.+$',
      constraintDescription: 'must be an http or https URL',
    }).valueAsString;
  }

  private snapshotEvery(): string {
    return new CfnParameter(this, 'SnapshotEvery', {
      description: 'A snapshot of an order is due when so many events have come since the last one',
      default: '20',
      allowedPattern: '^[1-9][0-9]{0,3}$',
      constraintDescription: 'must be a whole number from 1 to 9999',
    }).valueAsString;
  }

  private textParameter(id: string, description: string): string {
    return new CfnParameter(this, id, { description, minLength: 1 }).valueAsString;
  }

  private numberParameter(id: string, byDefault: number, description: string): string {
    return new CfnParameter(this, id, {
      description,
      default: String(byDefault),
      allowedPattern: '^[1-9][0-9]{0,5}$',
      constraintDescription: 'must be a whole number from 1 to 999999',
    }).valueAsString;
  }

  private outputs(values: Record<string, string>): void {
    for (const [id, value] of Object.entries(values)) new CfnOutput(this, id, { value });
  }
}
