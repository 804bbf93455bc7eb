import { describe, test } from 'vitest';
import type {
  OrderEvent,
  OrderLine,
  OrderStatus,
  ShippingAddress,
} from '../../../../../../functions/published/order-events.ts';
import { money } from '../../../../../../functions/shared/kernel/money.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { STREAMS } from '../../../../../support/orders/lifecycle.ts';
import {
  CHANGE_ID,
  changeRequested,
  created,
  EVENTS,
  inCurrency,
  line,
  priced,
} from '../../../../../support/orders/streams.ts';

const { reserved, authorised, arranged } = EVENTS;
/** The carrier knows of the parcel, and the money is not taken yet. */
const PACKED = [created(), reserved, authorised, arranged];
const BEFORE_THE_PARCEL = [
  'created',
  'inventory_reserved',
  'payment_pending',
  'payment_completed',
] as const satisfies readonly OrderStatus[];

describe('Changing the shipping address', () => {
  const shippingAddress: ShippingAddress = { ...created().data.shippingAddress, street: '1 Elsewhere Road' };
  const change = { type: 'ChangeShippingAddress', shippingAddress } as const;

  test.each(['held', ...BEFORE_THE_PARCEL] as const)('sends an order that is %s elsewhere', (status) => {
    given(...STREAMS[status])
      .when(change)
      .then({ type: 'AddressChanged', data: { shippingAddress } });
  });

  test('is refused once the parcel is addressed', () => {
    given(...PACKED)
      .when(change)
      .thenRefused({ kind: 'shipment-arranged' });
  });
});

const TWO_MUGS = [line('MUG-BLUE', 2)];
const change = (to: readonly OrderLine[] = TWO_MUGS, reviewFrom?: number) =>
  ({
    type: 'ChangeItems',
    changeId: CHANGE_ID,
    ...priced(to),
    ...(reviewFrom === undefined ? {} : { reviewFrom }),
  }) as const;
const wanted = { changeId: CHANGE_ID, ...priced(TWO_MUGS) };
const { total } = wanted;
const withoutChange = STREAMS.payment_completed;
const asked: OrderEvent = { type: 'ItemsChangeRequested', data: wanted };
const made: OrderEvent = { type: 'ItemsChanged', data: wanted };

describe('Changing the items', () => {
  test('of a held order is done at once: it has neither stock nor money', () => {
    given(...STREAMS.held)
      .when(change())
      .then(made);
  });

  test('of a held order may raise the total to any amount: an operator has to approve the order anyway', () => {
    given(...STREAMS.held)
      .when(change(TWO_MUGS, 1))
      .then(made);
  });

  test.each(BEFORE_THE_PARCEL)('of an order that is %s is asked for: stock and money come first', (status) => {
    given(...STREAMS[status])
      .when(change())
      .then(asked);
  });

  test('is refused while another change is being carried out, and taken again when that is answered', () => {
    const pending = changeRequested(TWO_MUGS, 'another');
    given(...withoutChange, pending)
      .when(change())
      .thenRefused({ kind: 'change-pending', changeId: 'another' });
    given(...withoutChange, pending, {
      type: 'ItemsChangeRefused',
      data: { changeId: 'another', reason: 'out_of_stock' },
    })
      .when(change())
      .then(asked);
  });

  test('is refused once the parcel is packed', () => {
    given(...PACKED)
      .when(change())
      .thenRefused({ kind: 'shipment-arranged' });
  });

  test('is refused from the total on that an operator has to approve, and not a fen below', () => {
    given(...withoutChange)
      .when(change(TWO_MUGS, total.amount))
      .thenRefused({ kind: 'needs-review', reviewFrom: total.amount });
    given(...withoutChange)
      .when(change(TWO_MUGS, total.amount + 1))
      .then(asked);
  });

  test('may lower a total that was approved, though it still is one to approve', () => {
    given(created([line('MUG-BLUE', 3)]), { type: 'OrderApproved', data: {} })
      .when(change(TWO_MUGS, total.amount))
      .then(asked);
  });

  test('is refused in another currency than the order’s', () => {
    given(...withoutChange)
      .when({ ...change(), total: { ...total, currency: 'EUR' } })
      .thenRefused({ kind: 'currency-differs', expected: 'CNY', got: 'EUR' });
  });

  test('is refused to a total that the card gateway cannot take, such as the third decimal of a dinar', () => {
    const to = (amount: number) => inCurrency('KWD', { ...change(), total: { ...total, amount } });
    for (const status of ['held', ...BEFORE_THE_PARCEL] as const) {
      given(...inCurrency('KWD', STREAMS[status]))
        .when(to(5_124))
        .thenRefused({ kind: 'amount-not-taken', method: 'card', amount: money(5_124, 'KWD'), step: money(10, 'KWD') });
    }
    given(...inCurrency('KWD', withoutChange))
      .when(to(5_120))
      .then(inCurrency('KWD', { ...asked, data: { ...asked.data, total: { ...total, amount: 5_120 } } }));
  });
});

describe('Refusing a change of items', () => {
  const refuse = { type: 'RefuseItemsChange', changeId: CHANGE_ID, reason: 'payment_declined' } as const;
  const refused: OrderEvent = { type: 'ItemsChangeRefused', data: { changeId: CHANGE_ID, reason: 'payment_declined' } };

  test('answers it', () => {
    given(...withoutChange, asked)
      .when(refuse)
      .then(refused);
  });

  test.each([
    ['was refused already', [asked, refused]],
    ['was made after all', [asked, made]],
    ['is another than the pending one', [changeRequested(TWO_MUGS, 'another')]],
    ['nobody asked for', []],
  ])('that %s changes nothing', (_, events) => {
    given(...withoutChange, ...events)
      .when(refuse)
      .then();
  });

  test('answers it even when the order is to be undone meanwhile', () => {
    given(...withoutChange, asked, {
      type: 'CancellationRequested',
      data: { reason: 'customer_request', from: 'payment_completed' },
    })
      .when(refuse)
      .then(refused);
  });
});
