import { CfnParameter, Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ORDER_TABLES } from '../../functions/orders/adapters/tables.ts';
import { ORDER_ROUTES } from '../../functions/orders/routes.ts';
import { EVENT_SOURCES } from '../../functions/published/event-sources.ts';
import type { Route } from '../../functions/shared/http/route.ts';
import { BoundedContext } from '../constructs/bounded-context.ts';
import { EventSubscription } from '../constructs/event-subscription.ts';
import { tell } from '../constructs/grant.ts';
import { OutboxRelay } from '../constructs/outbox-relay.ts';
import type { Platform } from '../constructs/platform.ts';
import type { Steps } from '../constructs/saga.ts';
import type { WaybillFunction } from '../constructs/waybill-function.ts';
import type { WaybillTable } from '../constructs/waybill-table.ts';
import { watchProjection } from './orders/projection-alarms.ts';
import { OrderSagas } from './orders/sagas.ts';

export interface OrdersProps {
  /** The steps of the other contexts. */
  readonly steps: Readonly<Steps>;
}

type Tables = Readonly<Record<Exclude<keyof typeof ORDER_TABLES, 'erasures'>, WaybillTable>>;
type OperationId = (typeof ORDER_ROUTES)[number]['operationId'];
type Grants = (handler: WaybillFunction) => void;

/** Orders: what is asked of them, their sagas, and the views that they are read from. */
export class Orders extends BoundedContext {
  readonly sagas: OrderSagas;
  readonly tables: Tables;

  constructor(scope: Construct, id: string, platform: Platform, props: OrdersProps) {
    super(scope, id, platform);
    this.tables = {
      orderView: this.table('OrderView', ORDER_TABLES.orderView),
      orderSearch: this.table('OrderSearch', ORDER_TABLES.orderSearch),
      projections: this.table('Projections', ORDER_TABLES.projections),
      catalogue: this.table('Catalogue', ORDER_TABLES.catalogue),
      promotions: this.table('Promotions', ORDER_TABLES.promotions),
    };
    for (const name of ['orders/confirm-order', 'orders/cancel-order', 'orders/refuse-items-change'] as const) {
      const step = this.step(name);
      platform.eventLog.grantReadSnapshots(step);
      // It says until when the tasks are due that an unfinished cancellation leaves.
      if (name === 'orders/cancel-order') platform.configuration.grantRead(step);
    }
    this.sagas = new OrderSagas(this, 'Sagas', {
      bus: platform.bus,
      eventLog: platform.eventLog,
      steps: { ...props.steps, ...this.steps },
    });
    this.#publishing();
    this.#projecting();
    this.#answering();
    this.probes.push(
      this.tables.orderView.probe('order-view'),
      this.tables.catalogue.probe('catalogue'),
      this.sagas.orderSaga.probe('order-saga'),
    );
  }

  /** Order log → bus. */
  #publishing(): void {
    const { bus, eventLog } = this.platform;
    const relay = this.function('orders/relay-order-events', { timeout: Duration.seconds(30) });
    bus.grantPublish(relay);
    new OutboxRelay(this, 'OutboxRelay', { table: eventLog.table, relay });
  }

  /** Bus → views. */
  #projecting(): void {
    const { bus, eventLog } = this.platform;
    const { orderView, orderSearch, projections } = this.tables;
    const subscriber = this.function('orders/project-order-view', { timeout: Duration.seconds(10) });
    eventLog.grantRead(subscriber);
    eventLog.grantKeepSnapshots(subscriber);
    orderView.grantTo(subscriber, 'GetItem', 'PutItem');
    // Enters orders, and takes out what they are no longer found by.
    orderSearch.grantTo(subscriber, 'BatchWriteItem', 'DeleteItem');
    // Records each order's lists together with the counts.
    orderSearch.grantTo(subscriber, 'BatchGetItem', 'PutItem', 'UpdateItem');
    projections.grantTo(subscriber, 'UpdateItem');
    const updates = new EventSubscription(this, 'OrderViewUpdates', {
      bus,
      pattern: { source: [EVENT_SOURCES.orders] },
      // The events of an order come within moments of each other: gathered, they are one projection and not six.
      batchingWindow: Duration.seconds(1),
      // More than 30 orders bring in that second; were each event another order's, they would take half the timeout.
      batchSize: 250,
      subscriber,
    });
    watchProjection(updates, 'order-view');
  }

  /** Requests → answers. */
  #answering(): void {
    const { eventLog, configuration } = this.platform;
    const { orderView, orderSearch, projections, catalogue, promotions } = this.tables;
    const reviewFrom = new CfnParameter(this, 'ReviewFrom', {
      description:
        "Orders of this total or more, in hundredths of a major unit, wait for an operator's approval; 0: none do. Currencies with a limit of their own follow: 1000000,JPY=1500000",
      default: '0',
      allowedPattern: '^[0-9]{1,12}(,[A-Z]{3}=[0-9]{1,15})*$',
      constraintDescription:
        'must be a whole number, and after it currencies with limits in their minor units, as in 1000000,JPY=1500000',
    }).valueAsString;
    const priced: Grants = (handler) => {
      catalogue.grantTo(handler, 'BatchGetItem');
      promotions.grantTo(handler, 'BatchGetItem');
      tell(handler, { REVIEW_FROM: reviewFrom });
    };
    const grants: Readonly<Partial<Record<OperationId, Grants>>> = {
      createOrder: (handler) => {
        priced(handler);
        // It knows what customers are promised.
        configuration.grantRead(handler);
      },
      changeItems: priced,
      // It knows for how long goods can be sent back.
      requestReturn: (handler) => configuration.grantRead(handler),
      getOrder: (handler) => {
        eventLog.grantRead(handler);
        eventLog.grantReadSnapshots(handler);
      },
      getOrderHistory: (handler) => eventLog.grantRead(handler),
      listOrders: (handler) => orderView.grantIndexTo(handler, 'byCustomer', 'Query'),
      searchOrders: (handler) => {
        orderSearch.grantTo(handler, 'Query');
        // Found orders are shown as their views are now.
        orderView.grantTo(handler, 'BatchGetItem');
      },
      getMetrics: (handler) => projections.grantTo(handler, 'GetItem'),
    };
    for (const route of ORDER_ROUTES) {
      const handler = this.endpoint(route);
      if (route.method !== 'GET') this.#grantCommand(handler, route);
      grants[route.operationId]?.(handler);
    }
  }

  /** What every endpoint needs that creates or changes an order. */
  #grantCommand(handler: WaybillFunction, { path }: Route): void {
    const { eventLog } = this.platform;
    eventLog.grantAppend(handler);
    eventLog.grantReadSnapshots(handler);
    if (path.includes('{orderId}')) eventLog.grantRecordCommands(handler);
  }
}
