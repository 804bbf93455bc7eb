/** Ways in which the saga and its steps could be wrong. A check that does not find each of them proves nothing. */
import { OF_BACKORDERS } from './backorder-mutants.ts';
import {
  blindTo,
  caught,
  challenged,
  type Mutant,
  next,
  payload,
  retried,
  theModel,
  whatever,
  without,
  withState,
  withStep,
} from './mutating.ts';
import { has } from './order.ts';
import { OUTSIDE } from './outside.ts';

const AT_CHECKOUT: readonly Mutant[] = [
  {
    name: 'a refused address leaves the money held',
    model: caught('CreateShipment', 'AddressRefused', 'ReleaseInventory'),
  },
  {
    name: 'a payment that was not made in time stays open',
    model: challenged(caught('AwaitPayment', 'PaymentNotMade', 'ReleaseInventory')),
  },
  {
    name: 'an authorisation of unknown outcome is not voided',
    model: caught('AuthorisePayment', 'States.ALL', 'ReleaseInventory'),
  },
  {
    name: 'a capture of unknown outcome leaves the parcel',
    model: caught('CapturePayment', 'States.ALL', 'VoidPayment'),
  },
  {
    name: 'a reservation of unknown outcome is not released',
    model: caught('ReserveInventory', 'States.ALL', 'CancelOrder'),
  },
  { name: 'the release of goods is left out', model: next('VoidPayment', 'CancelOrder') },
  { name: 'the void of the payment is left out', model: next('CancelShipment', 'ReleaseInventory') },
  { name: 'a decline is retried', model: retried('AuthorisePayment', 'PaymentDeclined') },
  { name: 'missing stock is retried', model: retried('ReserveInventory', 'OutOfStock') },
  { name: 'a refused address is retried', model: retried('CreateShipment', 'AddressRefused') },
  { name: 'an unfinished compensation is not waited for', model: caught('CancelOrder', 'CompensationUnfinished') },
  { name: 'a failed cancellation of the parcel ends the saga', model: caught('CancelShipment', 'States.ALL') },
  {
    name: 'a failed void is forgotten',
    model: withState('VoidPayment', (it) => void (it.Catch = it.Catch.map(({ Assign: _, ...rest }) => rest))),
  },
  { name: 'an unfinished compensation is not done again', model: next('AwaitCompensation', 'CancelOrder') },
  {
    name: 'a closed payment window leaves the money held',
    model: caught('AwaitAuthorisation', 'PaymentWindowClosed', 'ReleaseInventory'),
  },
  { name: 'a wait for the gateway skips the authorisation', model: next('AwaitAuthorisation', 'CreateShipment') },
  {
    name: 'a capture that is given up leaves the parcel',
    model: caught('AwaitCapture', 'CheckoutLimitReached', 'VoidPayment'),
  },
  {
    name: 'a cancelled order keeps waiting for its confirmation',
    model: caught('ConfirmOrder', 'CancellationRequested'),
  },
  { name: 'no parcel is booked', model: next('AuthorisePayment', 'CapturePayment') },
  { name: 'nothing is captured', model: next('CreateShipment', 'ConfirmOrder') },
  { name: 'the money is captured before it is authorised', model: next('ReserveInventory', 'CapturePayment') },
  {
    name: 'goods are not reserved',
    model: withStep('ReserveInventory', () => (free, order) => [{ free, order }]),
  },
  { name: 'a repeated authorisation takes itself for the first', model: payload('AuthorisePayment', 'attempt', 0) },
  { name: 'a repeated booking takes itself for the first', model: payload('CreateShipment', 'attempt', 0) },
  {
    name: 'a repeated capture takes itself for the first, and stays',
    model: caught('CapturePayment', 'CancellationRequested', 'ReleaseInventory'),
  },
  {
    name: 'a wait is said to have sent nothing after attempts',
    model: { ...theModel(), outside: { ...OUTSIDE, nothingSent: () => true } },
  },
  {
    name: 'a late reservation is taken after the release',
    model: withStep(
      'ReserveInventory',
      blindTo(({ goods }) => (['released', 'forbidden', 'short'].includes(goods) ? { goods: 'none' } : {})),
    ),
  },
  {
    name: 'a late authorisation is taken after the void',
    model: withStep(
      'AuthorisePayment',
      blindTo(({ payment }) => (payment === 'closed' || payment === 'voided' ? { payment: 'none' } : {})),
    ),
  },
  {
    name: 'a late booking is taken after its cancellation',
    model: withStep(
      'CreateShipment',
      blindTo(({ parcel }) => (parcel === 'withdrawn' || parcel === 'cancelled' ? { parcel: 'none' } : {})),
    ),
  },
  {
    name: 'stock is not counted before it is reserved',
    model: withStep(
      'ReserveInventory',
      (step) => (free, order, input) =>
        step(free + 1, order, input).map((begun) => ({ ...begun, free: begun.free - 1 })),
    ),
  },
  {
    name: 'missing stock leaves the way open for a late reservation',
    model: withStep(
      'ReserveInventory',
      whatever((begun) =>
        begun.error === 'OutOfStock' ? { ...begun, order: { ...begun.order, goods: 'none' } } : begun,
      ),
    ),
  },
  {
    name: 'money is captured without an authorisation',
    model: withStep(
      'CapturePayment',
      blindTo(({ payment }) => (payment === 'captured' ? {} : { payment: 'authorised' })),
    ),
  },
  {
    name: 'each attempt of a capture is a charge of its own',
    model: withStep(
      'CapturePayment',
      blindTo(({ payment }) => (payment === 'captured' ? { payment: 'authorised' } : {})),
    ),
  },
  {
    name: 'each attempt of a refund is one of its own',
    model: withStep(
      'VoidPayment',
      blindTo(({ payment }) => (payment === 'refunded' ? { payment: 'captured' } : {})),
    ),
  },
  {
    name: 'a captured payment is voided only',
    model: withStep(
      'VoidPayment',
      (step) => (free, order, input) => (order.payment === 'captured' ? [{ free, order }] : step(free, order, input)),
    ),
  },
  {
    name: 'what was not held is released',
    model: withStep(
      'ReleaseInventory',
      blindTo(({ goods }) => (['none', 'forbidden', 'short'].includes(goods) ? { goods: 'held' } : {})),
    ),
  },
  {
    name: 'a release is repeated',
    model: withStep(
      'ReleaseInventory',
      blindTo(({ goods }) => (goods === 'released' ? { goods: 'held' } : {})),
    ),
  },
  {
    name: 'an order is confirmed although it is to be cancelled',
    model: withStep(
      'ConfirmOrder',
      blindTo((order) => without(order, 'requested', 'cancelled')),
    ),
  },
  {
    name: 'an order that is to be cancelled is shipped',
    model: {
      ...theModel(),
      outside: { ...OUTSIDE, mayShip: (order) => has(order, 'confirmed') && !has(order, 'shipped') },
    },
  },
  {
    name: 'an order that has left is cancelled',
    model: {
      ...theModel(),
      outside: { ...OUTSIDE, mayRequestCancellation: (order) => !has(order, 'requested') && !has(order, 'cancelled') },
    },
  },
  {
    name: 'a confirmation of a cancelled order is a defect',
    model: withStep(
      'ConfirmOrder',
      (step) => (free, order, input) =>
        has(order, 'cancelled') ? [{ free, order, error: 'IllegalOrderTransition' }] : step(free, order, input),
    ),
  },
  {
    name: 'what has left is never sold',
    model: { ...theModel(), outside: { ...OUTSIDE, confirmReservation: (free, order) => ({ free, order }) } },
  },
];

export const MUTANTS: readonly Mutant[] = [...AT_CHECKOUT, ...OF_BACKORDERS];
