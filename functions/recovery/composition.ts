/** What the functions of recovery stand on when they are deployed. */
import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { ERRORS } from '../published/errors.ts';
import { ORDER } from '../published/order-log.ts';
import { ORDER_LOG_TABLES } from '../published/order-log-tables.ts';
import { configurationSource } from '../shared/configuration/deployed.ts';
import { settingsOfPartner } from '../shared/configuration/partner-settings.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment, tableName } from '../shared/edge/environment.ts';
import { dynamoDbIdempotency } from '../shared/edge/idempotency.ts';
import { IDEMPOTENCY_TABLES } from '../shared/edge/tables.ts';
import { DynamoDbEventLog } from '../shared/event-log/dynamodb-event-log.ts';
import { DynamoDbEventStreams } from '../shared/event-log/dynamodb-event-streams.ts';
import { DynamoDbPassCursor } from '../shared/event-log/dynamodb-pass-cursor.ts';
import type { ErrorClass } from '../shared/kernel/error-class.ts';
import { parseOrderId } from '../shared/kernel/ids.ts';
import { DynamoDbPartnerStore } from '../shared/outbound/adapters/dynamodb-partner-store.ts';
import { PARTNER_TABLES } from '../shared/outbound/tables.ts';
import type { StepDeps } from '../shared/saga-step/conclude-step.ts';
import { stepDeps } from '../shared/saga-step/deployed.ts';
import { DynamoDbBookTasks } from '../shared/tasks/adapters/dynamodb-book-tasks.ts';
import { DynamoDbTasks } from './adapters/dynamodb-tasks.ts';
import { DynamoDbTimers } from './adapters/dynamodb-timers.ts';
import { DynamoDbWaits } from './adapters/dynamodb-waits.ts';
import { recoveryMonitor } from './adapters/recovery-monitor.ts';
import { SharedCircuits } from './adapters/shared-circuits.ts';
import { SqsKeeperMessages } from './adapters/sqs-keeper-messages.ts';
import { SqsParkedOrders } from './adapters/sqs-parked-orders.ts';
import { StepFunctionsExecutions } from './adapters/step-functions-executions.ts';
import { StepFunctionsRuns } from './adapters/step-functions-runs.ts';
import { StepFunctionsTokens } from './adapters/step-functions-tokens.ts';
import { sweepMonitor } from './adapters/sweep-monitor.ts';
import { RECOVERY_TABLES } from './adapters/tables.ts';
import { taskMonitor } from './adapters/task-monitor.ts';
import { checkProgress } from './application/check-progress.ts';
import type { Executions } from './application/execution-ports.ts';
import type { AwaitDeps, Circuits, KeeperDeps, Waits } from './application/ports.ts';
import type { RemindDeps } from './application/remind-tasks.ts';
import type { ProgressDeps, SweepDeps } from './application/sweep-ports.ts';
import type { WakeDeps } from './application/wake-order.ts';
import type { BookTaskCommandDeps } from './http/book-task-command-endpoint.ts';
import type { TaskCommandDeps } from './http/task-command-endpoint.ts';

const waits = (): Waits => new DynamoDbWaits(documentClient(), tableName(RECOVERY_TABLES.recoveryWaits));

/** A round, or the registration of an order, waits no longer than this for the table of partners. */
const CIRCUIT_TIMEOUT_MS = 1_000;

function circuits(): Circuits {
  const table = { tableName: tableName(PARTNER_TABLES.partners), timeoutMs: CIRCUIT_TIMEOUT_MS };
  const store = new DynamoDbPartnerStore({ db: documentClient(), ...table });
  return new SharedCircuits({ store, configuration: configurationSource(), now: Date.now });
}

const common = (): Omit<AwaitDeps, 'strategyOf'> => ({
  ...stepDeps(),
  waits: waits(),
  timers: new DynamoDbTimers(documentClient(), tableName(RECOVERY_TABLES.recoveryWaits)),
  messages: new SqsKeeperMessages(readEnvironment(z.object({ KEEPER_QUEUE_URL: z.url() })).KEEPER_QUEUE_URL),
  circuits: circuits(),
  settings: async () => (await configurationSource().current()).recovery,
  newId: randomUUID,
});

export function awaiting(): AwaitDeps {
  const rows: Readonly<Record<string, ErrorClass>> = ERRORS;
  return { ...common(), strategyOf: (error) => (Object.hasOwn(rows, error) ? rows[error]!.strategy : undefined) };
}

export function checking(): ProgressDeps {
  const machines = readEnvironment(
    z.object({ ORDER_SAGA_ARN: z.string(), CANCELLATION_SAGA_ARN: z.string(), ITEMS_CHANGE_SAGA_ARN: z.string() }),
  );
  return {
    ...stepDeps(),
    runs: new StepFunctionsRuns({
      order: machines.ORDER_SAGA_ARN,
      cancellation: machines.CANCELLATION_SAGA_ARN,
      'items-change': machines.ITEMS_CHANGE_SAGA_ARN,
    }),
    settings: async () => (await configurationSource().current()).recovery,
    monitor: sweepMonitor,
  };
}

export const sweeping = (): SweepDeps => ({
  ...checking(),
  streams: new DynamoDbEventStreams(ORDER, documentClient(), tableName(ORDER_LOG_TABLES.orderLog)),
  cursor: new DynamoDbPassCursor(
    documentClient(),
    tableName(RECOVERY_TABLES.recoveryWaits),
    { [RECOVERY_TABLES.recoveryWaits.partitionKey]: 'SWEEP', [RECOVERY_TABLES.recoveryWaits.sortKey]: 'cursor' },
    parseOrderId,
  ),
});

export const keeping = (): KeeperDeps => ({
  ...common(),
  tokens: new StepFunctionsTokens(),
  limits: async (partner) => settingsOfPartner(await configurationSource().current(), partner),
  monitor: recoveryMonitor,
});

export function waking(): WakeDeps & StepDeps {
  const deps = checking();
  // A person has just had the order go on: that it was quiet before that does not count.
  const settings = async () => ({ ...(await deps.settings()), sweepAfterSeconds: 0 });
  return {
    ...deps,
    waits: waits(),
    tokens: new StepFunctionsTokens(),
    repair: async (orderId) => void (await checkProgress({ ...deps, settings }, orderId)),
  };
}

export const tasks = () => new DynamoDbTasks(documentClient(), tableName(RECOVERY_TABLES.recoveryTasks));

export const bookTasks = () => new DynamoDbBookTasks(documentClient(), tableName(RECOVERY_TABLES.recoveryTasks));

/** For commands on the tasks about books of no order. */
export const bookTaskCommands = (): BookTaskCommandDeps => ({
  bookTasks: bookTasks(),
  now: Date.now,
  idempotency: dynamoDbIdempotency(tableName(IDEMPOTENCY_TABLES.idempotency)),
});

export const parkedOrders = () =>
  new SqsParkedOrders(readEnvironment(z.object({ PARKED_ORDERS_QUEUE_URL: z.url() })).PARKED_ORDERS_QUEUE_URL);

export function taskReading() {
  const configuration = configurationSource();
  return { ...stepDeps(), dueSeconds: async () => (await configuration.current()).recovery.taskDueSeconds };
}

/** For commands that operators send. */
export const taskCommands = (): TaskCommandDeps => ({
  log: new DynamoDbEventLog(
    ORDER,
    documentClient(),
    tableName(ORDER_LOG_TABLES.orderLog),
    tableName(ORDER_LOG_TABLES.commands),
  ),
  now: Date.now,
  idempotency: dynamoDbIdempotency(tableName(IDEMPOTENCY_TABLES.idempotency)),
});

export function reminding(): RemindDeps {
  const configuration = configurationSource();
  return {
    ...stepDeps(),
    tasks: tasks(),
    bookTasks: bookTasks(),
    monitor: taskMonitor,
    settings: async () => (await configuration.current()).recovery,
  };
}

/** The executions of all sagas. */
export function executions(): Executions {
  const beginnings = readEnvironment(
    z.object({
      ORDER_SAGA_EXECUTIONS: z.string(),
      CANCELLATION_SAGA_EXECUTIONS: z.string(),
      ITEMS_CHANGE_SAGA_EXECUTIONS: z.string(),
    }),
  );
  return new StepFunctionsExecutions({
    order: beginnings.ORDER_SAGA_EXECUTIONS,
    cancellation: beginnings.CANCELLATION_SAGA_EXECUTIONS,
    'items-change': beginnings.ITEMS_CHANGE_SAGA_EXECUTIONS,
  });
}

/** Whether it is AWS that this function talks to: what stands in for it has no console. */
export const hasAwsConsole = (): boolean =>
  readEnvironment(z.object({ AWS_ENDPOINT_URL: z.string().optional() })).AWS_ENDPOINT_URL === undefined;
