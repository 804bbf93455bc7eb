/** What the API answers, as its contracts say. */
import type * as z from 'zod';
import type * as configuration from '../../../functions/configuration/http/contracts/configuration.ts';
import type * as letters from '../../../functions/dead-letters/http/contracts/answers.ts';
import type * as stock from '../../../functions/inventory/http/contracts/shown-stock.ts';
import type * as alarms from '../../../functions/operations/http/contracts/alarms.ts';
import type * as health from '../../../functions/operations/http/contracts/health.ts';
import type * as orders from '../../../functions/orders/http/contracts/answers.ts';
import type * as operating from '../../../functions/orders/http/contracts/operating.ts';
import type * as parcels from '../../../functions/orders/http/contracts/parcel-answers.ts';
import type * as returns from '../../../functions/orders/http/contracts/return-terms-answers.ts';
import type * as partners from '../../../functions/partners/http/contracts/partners.ts';
import type * as tasks from '../../../functions/recovery/http/contracts/answers.ts';
import type * as executions from '../../../functions/recovery/http/contracts/execution-answers.ts';

export type Order = z.output<typeof orders.order>;
export type OrderStatus = Order['status'];
export type OrderShipment = Order['shipments'][number];
export type OrderHistory = z.output<typeof orders.orderHistory>;
export type OrderEvent = OrderHistory['events'][number];
export type OrderEventType = OrderEvent['type'];
export type BrowsedOrders = z.output<typeof orders.browsedOrders>;
export type BrowsedOrder = BrowsedOrders['items'][number];
export type OrderCounts = z.output<typeof orders.orderCounts>;
export type FoundOrders = z.output<typeof orders.foundOrders>;
export type OrderList = z.output<typeof orders.orderList>;
export type OrderSummary = OrderList['items'][number];
export type FoundOrder = FoundOrders['items'][number];
export type ChangedOrder = z.output<typeof orders.changedOrder>;
export type ParcelsToPack = z.output<typeof parcels.parcelsToPack>;
export type ParcelToPack = ParcelsToPack['items'][number];
export type Milestone = Order['milestones'][number];
export type OrderReturn = Order['returns'][number];
export type ReturnTerms = z.output<typeof returns.returnTerms>;
export type Money = Order['total'];
export type CancellationReason = NonNullable<Order['reason']>;

export type TaskList = z.output<typeof tasks.taskList>;
export type TaskSummary = TaskList['items'][number];
export type Task = z.output<typeof tasks.task>;
export type BookTask = z.output<typeof tasks.bookTask>;
/** A task of an order, or one about an article or a transfer, which has less to tell. */
export type AnyTask = Task | BookTask;
export type TaskKind = TaskSummary['kind'];
export type TaskStatus = TaskSummary['status'];
export type ChangedTask = z.output<typeof tasks.changedTask>;
export type ResumedTasks = z.output<typeof tasks.resumedTasks>;

export type ExecutionList = z.output<typeof executions.executionList>;
export type Execution = ExecutionList['items'][number];
export type ExecutionHistory = z.output<typeof executions.executionHistory>;
export type ExecutionEvent = ExecutionHistory['events'][number];

export type LetterList = z.output<typeof letters.letterList>;
export type LetterSummary = LetterList['items'][number];
export type DeadLetter = z.output<typeof letters.letter>;
export type DeadLetterState = DeadLetter['state'];
export type ChangedLetter = z.output<typeof letters.changedLetter>;
export type ResentLetters = z.output<typeof letters.resentLetters>;

export type Stock = z.output<typeof stock.stock>;
export type StockList = z.output<typeof stock.stockList>;
export type StockHistory = z.output<typeof stock.stockHistory>;
export type StockEvent = StockHistory['events'][number];

export type Alarm = z.output<typeof alarms.alarms>['alarms'][number];
export type Alarms = z.output<typeof alarms.alarms>;
export type DependencyHealth = z.output<typeof health.dependencies>;
export type Partners = z.output<typeof partners.partners>;
export type Partner = Partners['partners'][number];
export type Metrics = z.output<typeof operating.metrics>;

export type ConfigurationVersion = z.output<typeof configuration.present>;
export type ConfigurationHistory = z.output<typeof configuration.history>;
