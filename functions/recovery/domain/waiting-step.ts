/** What a saga's step waits for, and what becomes of it when it waits for too long. */
import {
  CUSTOMER,
  GOODS,
  isTrouble,
  type OrderEvent,
  type PaymentMethod,
  type SagaStep,
} from '../../published/order-events.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { ErrorStrategy } from '../../shared/kernel/error-class.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import { BackorderExpired, CheckoutLimitReached, NothingSent, PaymentNotMade, PaymentWindowClosed } from './errors.ts';
import type { RecoverySettings } from './settings.ts';

/** Trouble of the platform's own services has no circuit: its waits end by time alone. */
export const PLATFORM = 'platform';
const PAYMENT_GATEWAY = 'payment-gateway';
const ALIPAY = 'alipay';
const WECHAT_PAY = 'wechat-pay';
const BANK = 'bank';
const CARRIER = 'carrier';
export const PARTNERS_TO_WAIT_FOR = [
  PAYMENT_GATEWAY,
  ALIPAY,
  WECHAT_PAY,
  BANK,
  CARRIER,
  PLATFORM,
  CUSTOMER,
  GOODS,
] as const;
export type AwaitedPartner = (typeof PARTNERS_TO_WAIT_FOR)[number];

/** Trouble of these is known by a circuit; waits for others end by time, or by an event. */
export const hasCircuit = (partner: AwaitedPartner): boolean => partner !== PLATFORM && isTrouble(partner);

/**
 * Which way the saga goes with the step.
 * - `forward`: before the pivot; a wait that is too long is given up, and the saga compensates
 * - `compensation`, `completion`: it has to be done; a wait that is too long becomes a person's task
 */
export type WaitKind = 'forward' | 'compensation' | 'completion';

/** The partner that is asked about payments by this method: each has its own circuit. */
export const CHANNELS: Readonly<Record<PaymentMethod['type'], AwaitedPartner>> = {
  card: PAYMENT_GATEWAY,
  alipay: ALIPAY,
  wechat_pay: WECHAT_PAY,
  bank_transfer: BANK,
};

/** In place of a partner: the one of the order's method of payment. */
const CHANNEL = 'channel';

interface WaitingStep {
  readonly partner: AwaitedPartner | typeof CHANNEL;
  readonly kind: WaitKind;
}

const STEPS: Readonly<Record<SagaStep, WaitingStep>> = {
  ReserveInventory: { kind: 'forward', partner: PLATFORM },
  AuthorisePayment: { kind: 'forward', partner: CHANNEL },
  CreateShipment: { kind: 'forward', partner: CARRIER },
  CapturePayment: { kind: 'forward', partner: CHANNEL },
  ConfirmOrder: { kind: 'completion', partner: PLATFORM },
  CancelShipment: { kind: 'compensation', partner: CARRIER },
  VoidPayment: { kind: 'compensation', partner: CHANNEL },
  ReleaseInventory: { kind: 'compensation', partner: PLATFORM },
  CancelOrder: { kind: 'completion', partner: PLATFORM },
  AdjustAuthorisation: { kind: 'forward', partner: CHANNEL },
  AdjustReservation: { kind: 'forward', partner: PLATFORM },
  RefuseItemsChange: { kind: 'completion', partner: PLATFORM },
  RestoreAuthorisation: { kind: 'compensation', partner: CHANNEL },
};

export const kindOf = (step: SagaStep): WaitKind => STEPS[step].kind;

/** Errors of the platform's own services, and an order that the customer is changing: no partner is away. */
const OF_THE_PLATFORM =
  /^(ConcurrencyConflict|DependencyUnavailable|OrderChanged|States\.Timeout|Sandbox\.Timedout|Lambda\..+)$/;

/**
 * A change that makes an order cost more meets a conflict until the order's payment is authorised, so that it waits for the gateway as
 * the authorisation does, and goes on soon after it.
 */
const waitsForAuthorisation = (step: SagaStep, error: string): boolean =>
  step === 'AdjustAuthorisation' && error === 'ConcurrencyConflict';

/** @param paidBy the order's method of payment */
export function partnerAwaited(step: SagaStep, error: string, paidBy: PaymentMethod['type']): AwaitedPartner {
  if (error === PAYMENT_PENDING) return CUSTOMER;
  if (error === BACKORDERED) return GOODS;
  if (OF_THE_PLATFORM.test(error) && !waitsForAuthorisation(step, error)) return PLATFORM;
  const { partner } = STEPS[step];
  return partner === CHANNEL ? CHANNELS[paidBy] : partner;
}

/**
 * Whether only a person can help: no repetition makes a defect go away.
 * @param strategy of an error of ours; undefined for what Step Functions, Lambda or a library named
 */
export const needsPerson = (error: string, strategy: ErrorStrategy | undefined): boolean =>
  strategy === undefined ? !OF_THE_PLATFORM.test(error) : strategy === 'person';

/** The error of a step that waits for the customer. */
const PAYMENT_PENDING = 'PaymentPending';
/** The error of a step that waits for goods. */
const BACKORDERED = 'Backordered';

const authorises = (step: SagaStep): boolean => step === 'AuthorisePayment' || step === 'AdjustAuthorisation';

/**
 * When a wait is too long, in milliseconds since the epoch.
 * @param begunAt when the customer began to wait: the order was placed or approved, or the change was requested
 * @param since when the step began to wait
 */
export function deadlineOf(
  step: SagaStep,
  { begunAt, since }: { readonly begunAt: number; readonly since: number },
  settings: RecoverySettings,
): number {
  const kind = kindOf(step);
  switch (kind) {
    case 'forward':
      return begunAt + 1_000 * (authorises(step) ? settings.paymentWindowSeconds : settings.checkoutLimitSeconds);
    case 'compensation':
    case 'completion':
      return since + 1_000 * settings.compensationLimitSeconds;
    default:
      return assertNever(kind);
  }
}

/** A step that is given up. */
interface GivenUp {
  readonly orderId: OrderId;
  readonly step: SagaStep;
  /** Why it waited. */
  readonly error: string;
  /** No request of it has left the platform. */
  readonly nothingSent?: boolean | undefined;
}

/** The error that gives up a forward step at its deadline. */
export function givenUp({
  orderId,
  step,
  error,
  nothingSent,
}: GivenUp): BackorderExpired | PaymentNotMade | PaymentWindowClosed | CheckoutLimitReached | NothingSent {
  if (error === PAYMENT_PENDING) return new PaymentNotMade(orderId);
  if (error === BACKORDERED) return new BackorderExpired(orderId);
  if (nothingSent) return new NothingSent(orderId, step);
  return authorises(step) ? new PaymentWindowClosed(orderId) : new CheckoutLimitReached(orderId);
}

/** Whether the event ends the wait of a step: the step would find another order than the one that it waits for. */
export function isEndedBy(
  event: OrderEvent,
  { step, error }: { readonly step: SagaStep; readonly error: string },
): boolean {
  switch (event.type) {
    case 'CancellationRequested':
    case 'OrderCancelled':
      return kindOf(step) === 'forward';
    case 'PaymentNotified':
    case 'TransferReceived':
      return error === PAYMENT_PENDING;
    case 'InventoryReserved':
      return error === BACKORDERED;
    case 'ItemsChanged':
      return error === 'OrderChanged' || error === BACKORDERED;
    case 'ItemsChangeRefused':
      return error === 'OrderChanged';
    case 'TaskResumed':
    case 'TaskResolved':
      return kindOf(step) !== 'forward';
    default:
      return false;
  }
}
