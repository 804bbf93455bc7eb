/** The platform's functions as one life of its processes has them: the real handlers, over what outlives the process. */
import '../../support/platform/function-environment.ts';
import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import type { Backorders, Inventory } from '../../../functions/inventory/application/ports.ts';
import type { Stock } from '../../../functions/inventory/application/stock-ports.ts';
import { makeHandler as confirmReservation } from '../../../functions/inventory/confirm-reservation.ts';
import { makeHandler as fillBackorders } from '../../../functions/inventory/fill-backorders.ts';
import { makeHandler as restockReturns } from '../../../functions/inventory/restock-returns.ts';
import { makeHandler as startCancellation } from '../../../functions/orders/start-cancellation-saga.ts';
import { makeHandler as startItemsChange } from '../../../functions/orders/start-items-change.ts';
import { makeHandler as startOrderSaga } from '../../../functions/orders/start-order-saga.ts';
import { makeHandler as refundPayment } from '../../../functions/payments/refund-payment.ts';
import { makeHandler as settleLatePayment } from '../../../functions/payments/settle-late-payment.ts';
import type { AwaitDeps, KeeperDeps } from '../../../functions/recovery/application/ports.ts';
import type { WakeDeps } from '../../../functions/recovery/application/wake-order.ts';
import { makeHandler as awaitRecovery } from '../../../functions/recovery/await-recovery.ts';
import { makeHandler as releaseWaitingOrders } from '../../../functions/recovery/release-waiting-orders.ts';
import { makeHandler as wakeOrder } from '../../../functions/recovery/wake-order.ts';
import { DEFAULT_CONFIGURATION } from '../../../functions/shared/configuration/document.ts';
import type { ConfigurationSource } from '../../../functions/shared/configuration/port.ts';
import { type BackOff, delayAfter } from '../../../functions/shared/edge/back-off.ts';
import type { FunctionInvoker, InvocationResult } from '../../../local/contracts.ts';
import { lambdaContext } from '../../support/api/invocations.ts';
import { InMemoryRefundWatch } from '../../support/fakes/in-memory-refund-watch.ts';
import { functionArn } from '../../support/saga/definition.ts';
import { STEP_FUNCTIONS } from '../../support/saga/step-functions.ts';
import type { VirtualBus } from './bus.ts';
import type { Hooks } from './hooks.ts';
import type { VirtualTime } from './time.ts';

/** After this, Lambda ends an invocation. */
const TIMEOUT_MS = 12_000;

/** Nobody is told of transfers that cannot be given back: they stay in their queue. */
const bankMonitor = { stranded: () => {} };

export type Consumer = (batch: SQSEvent) => Promise<SQSBatchResponse | void>;

/** Starts executions of the machine of this name. */
export type Sagas = (machine: string) => { start(name: string, input: object): Promise<void> };

export interface Consumers {
  readonly startOrderSaga: Consumer;
  readonly startItemsChange: Consumer;
  readonly startCancellation: Consumer;
  readonly refundPayment: Consumer;
  readonly settleLatePayment: Consumer;
  readonly confirmReservation: Consumer;
  readonly restockReturns: Consumer;
  readonly fillBackorders: Consumer;
  readonly releaseWaitingOrders: Consumer;
  readonly wakeOrder: Consumer;
}

type Payments = Omit<Parameters<typeof refundPayment>[0], 'settings' | 'backOff' | 'watch'>;

export function consumersOf(
  deps: KeeperDeps &
    Payments &
    Pick<WakeDeps, 'repair'> &
    Pick<Parameters<typeof settleLatePayment>[0], 'payouts'> & {
      readonly inventory: Inventory;
      readonly backorders: Backorders;
      readonly stock: Stock;
      readonly configuration: ConfigurationSource;
    },
  sagas: Sagas,
  { putOff, hooks }: { readonly putOff: VirtualBus['putOff']; readonly hooks: Hooks },
): Consumers {
  const context = lambdaContext();
  const backOff: BackOff = (receipt, attempt) => putOff(receipt, delayAfter(attempt));
  const inventorySettings = async () => (await deps.configuration.current()).inventory;
  const handlers = {
    startOrderSaga: startOrderSaga({ log: deps.log, saga: sagas('order-saga') }),
    startItemsChange: startItemsChange({ log: deps.log, saga: sagas('items-change') }),
    startCancellation: startCancellation({ log: deps.log, saga: sagas('cancellation') }),
    refundPayment: refundPayment({
      ...deps,
      watch: new InMemoryRefundWatch(),
      settings: async () => DEFAULT_CONFIGURATION.recovery,
      backOff,
    }),
    settleLatePayment: settleLatePayment({ ...deps, bankMonitor, backOff }),
    confirmReservation: confirmReservation(deps),
    restockReturns: restockReturns(deps),
    fillBackorders: fillBackorders({
      ...deps,
      settings: inventorySettings,
      newestSettings: inventorySettings,
      backOff,
    }),
    releaseWaitingOrders: releaseWaitingOrders({ ...deps, backOff }),
    wakeOrder: wakeOrder({ ...deps, backOff }),
  };
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]): [string, Consumer] => [
      name,
      (batch) => hooks.consume(name, async () => handle(batch, context)),
    ]),
  ) as unknown as Consumers;
}

/** The steps of the sagas, as Step Functions invokes them. */
export function stepInvoker(deps: AwaitDeps, time: VirtualTime): FunctionInvoker {
  const steps = new Map<string, (event: unknown) => Promise<unknown>>([
    ...[...STEP_FUNCTIONS].map(([step, make]) => [functionArn(step), make(deps)] as const),
    [functionArn('AwaitRecovery'), awaitRecovery(deps)],
  ]);
  return {
    async invoke(arn, payload): Promise<InvocationResult> {
      const step = steps.get(arn);
      if (!step) throw new Error(`No step of the platform has the ARN ${arn}.`);
      const tooLate = time.sleep(TIMEOUT_MS).then(() => failed('Sandbox.Timedout', 'Task timed out'));
      return Promise.race([
        tooLate,
        step(JSON.parse(payload)).then(
          (answer) => ({ ...INVOKED, payload: JSON.stringify(answer ?? null) }),
          (error: unknown) => failed((error as Error).name, (error as Error).message),
        ),
      ]);
    },
  };
}

const INVOKED = { statusCode: 200, executedVersion: '1' } as const;

const failed = (errorType: string, errorMessage: string): InvocationResult => ({
  ...INVOKED,
  functionError: 'Unhandled',
  payload: JSON.stringify({ errorType, errorMessage, trace: [] }),
});
