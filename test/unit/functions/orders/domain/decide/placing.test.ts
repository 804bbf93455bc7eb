import { describe, test } from 'vitest';
import type { CreateOrder } from '../../../../../../functions/orders/domain/decide/placing.ts';
import type { OrderEvent } from '../../../../../../functions/published/order-events.ts';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { STREAMS } from '../../../../../support/orders/lifecycle.ts';
import { CUSTOMER_ID, created, line } from '../../../../../support/orders/streams.ts';

const THREE_MUGS = created([line('MUG-BLUE', 3), line('TSHIRT', 2, 12_900)]);
const create = (over: Partial<CreateOrder> = {}) => ({ type: 'CreateOrder', ...THREE_MUGS.data, ...over }) as const;

describe('Creating an order', () => {
  test('records it as it was priced', () => {
    given().when(create()).then(THREE_MUGS);
  });

  test('is refused when the id is taken', () => {
    given(created()).when(create()).thenRefused({ kind: 'order-exists' });
  });

  test('holds it for review from the configured total on, and not a fen below', () => {
    const { amount } = THREE_MUGS.data.total;
    given()
      .when(create({ reviewFrom: amount }))
      .then({ ...THREE_MUGS, data: { ...THREE_MUGS.data, review: 'required' } });
    given()
      .when(create({ reviewFrom: amount + 1 }))
      .then(THREE_MUGS);
  });
});

describe('A held order', () => {
  const approved: OrderEvent = { type: 'OrderApproved', data: {} };

  test('is let go by an approval, once', () => {
    given(...STREAMS.held)
      .when({ type: 'ApproveOrder' })
      .then(approved);
    given(...STREAMS.held, approved)
      .when({ type: 'ApproveOrder' })
      .thenRefused({
        kind: 'illegal-transition',
        command: 'ApproveOrder',
        from: 'created',
        to: 'created',
        allowedIn: ['held'],
      });
  });

  test('is cancelled by a rejection at once, since nothing was done for it', () => {
    given(...STREAMS.held)
      .when({ type: 'RejectOrder' })
      .then({ type: 'OrderCancelled', data: { customerId: CUSTOMER_ID, reason: 'rejected', parked: [] } });
  });

  test('keeps what the operator has to say of the rejection', () => {
    given(...STREAMS.held)
      .when({ type: 'RejectOrder', comment: 'Unknown reseller.' })
      .then({
        type: 'OrderCancelled',
        data: { customerId: CUSTOMER_ID, reason: 'rejected', parked: [], comment: 'Unknown reseller.' },
      });
  });

  test('that was approved cannot be rejected any more', () => {
    given(...STREAMS.held, approved)
      .when({ type: 'RejectOrder' })
      .thenRefused({
        kind: 'illegal-transition',
        command: 'RejectOrder',
        from: 'created',
        to: 'cancelled',
        allowedIn: ['held'],
      });
  });
});
