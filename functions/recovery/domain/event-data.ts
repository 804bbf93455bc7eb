/** What the events of recovery tell: the steps, the partners, the tasks and their ends. */
import { factId, type OrderId } from '../../shared/kernel/ids.ts';

/** The steps of the sagas, by the names of their states. */
export const SAGA_STEPS = [
  'ReserveInventory',
  'AuthorisePayment',
  'CreateShipment',
  'CapturePayment',
  'ConfirmOrder',
  'CancelShipment',
  'VoidPayment',
  'ReleaseInventory',
  'CancelOrder',
  'AdjustAuthorisation',
  'AdjustReservation',
  'RefuseItemsChange',
  'RestoreAuthorisation',
] as const;
export type SagaStep = (typeof SAGA_STEPS)[number];

/** In place of a partner that a step waits for: a customer that has to act, for example to pay by a page of the channel. */
export const CUSTOMER = 'customer';
/** The same for goods that have to come before the order goes on. */
export const GOODS = 'goods';

/** Whether a step waits because somebody is away. Otherwise orders wait for as long as they were told, and no operator has to see to it. */
export const isTrouble = (partner: string): boolean => partner !== CUSTOMER && partner !== GOODS;

/**
 * What a person has to do; part of the API.
 * - `review`: approve or reject a held order
 * - `compensation`: a compensation kept failing
 * - `completion`: the recording of an order's end, or of a refused change, kept failing
 * - `refund`: the gateway refuses a refund for good
 * - `transfer`: the bank refuses to give money back to the account from which it came
 * - `parcel`: a parcel is lost, comes back, or its carrier tells nothing of it any more
 * - `stuck`: nobody works at the order, and no rule says how it goes on
 * - `books`: the order is at rest, and its books do not agree with its events
 */
export const TASK_KINDS = [
  'review',
  'compensation',
  'completion',
  'refund',
  'transfer',
  'parcel',
  'stuck',
  'books',
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/**
 * How a task ended; part of the API.
 * - `completed`: the platform's own attempt succeeded
 * - `nothing_to_do`: there was nothing to undo or to give back
 * - `done_outside`: a person did it at the partner, with evidence
 * - `written_off`: it is not done, and two people agreed to that
 */
export const TASK_RESOLUTIONS = ['completed', 'nothing_to_do', 'done_outside', 'written_off'] as const;
export type TaskResolution = (typeof TASK_RESOLUTIONS)[number];

/**
 * The id of a task: the same whenever the same task is opened again.
 * @param subject the step, the refund, the transfer or the shipment that it is about; `order` when it is about the whole order
 * @param count which task of this kind and subject it is, from 1
 */
export const taskIdOf = (orderId: OrderId, kind: TaskKind, subject: string, count: number): string =>
  factId(orderId, `task:${kind}:${subject}:${count}`);
