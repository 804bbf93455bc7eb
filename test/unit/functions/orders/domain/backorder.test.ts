import { describe, expect, test } from 'vitest';
import { DECIDERS } from '../../../../../functions/orders/domain/decide/decide.ts';
import { fold } from '../../../../../functions/orders/domain/evolve.ts';
import { viewOf } from '../../../../../functions/orders/domain/order-view.ts';
import type { ExistingOrder, OrderIn } from '../../../../../functions/orders/domain/state.ts';
import type { OrderEvent } from '../../../../../functions/published/order-events.ts';
import { CHANGE_ID, created, EVENTS, line, ORDER_ID, priced, streamOf } from '../../../../support/orders/streams.ts';

const { lines, until } = EVENTS.backordered.data;
const orderAfter = (...events: readonly OrderEvent[]) =>
  fold(streamOf([created(), EVENTS.backordered, ...events])) as ExistingOrder;
const cancelling: OrderEvent = {
  type: 'CancellationRequested',
  data: { reason: 'customer_request', from: 'backordered' },
};

describe('A backordered order', () => {
  test('shows what it waits for and until when', () => {
    expect(viewOf(orderAfter())).toMatchObject({ status: 'backordered', backorder: { lines, until } });
  });

  test.each<[string, OrderEvent, string]>([
    ['its goods are reserved', EVENTS.reserved, 'inventory_reserved'],
    ['it is to be cancelled', cancelling, 'cancelling'],
    ['it is cancelled', EVENTS.cancelled, 'cancelled'],
  ])('waits no longer once %s', (_, event, status) => {
    const view = viewOf(orderAfter(event));
    expect(view.status).toBe(status);
    expect(view).not.toHaveProperty('backorder');
  });

  test('that is to be cancelled does not begin to wait any more', () => {
    expect(orderAfter(cancelling, EVENTS.backordered).status).toBe('cancelling');
  });

  test('changes at once, for nothing of it is reserved or paid, and may cost more then', () => {
    const order = orderAfter() as OrderIn<'backordered'>;
    const priced3 = priced([line('MUG-BLUE', 3)]);
    const command = { type: 'ChangeItems', orderId: ORDER_ID, changeId: CHANGE_ID, ...priced3 } as const;
    const data = { changeId: CHANGE_ID, ...priced3 };
    expect(DECIDERS.ChangeItems.decide(order, command)).toEqual({ ok: true, value: [{ type: 'ItemsChanged', data }] });
    expect(orderAfter({ type: 'ItemsChanged', data })).toMatchObject({ status: 'backordered', total: priced3.total });
  });

  test('does not get around the approval of large orders', () => {
    const command = {
      type: 'ChangeItems',
      orderId: ORDER_ID,
      changeId: CHANGE_ID,
      ...priced([line('MUG-BLUE', 3)]),
      reviewFrom: 1,
    } as const;
    const decided = DECIDERS.ChangeItems.decide(orderAfter() as OrderIn<'backordered'>, command);
    expect(decided).toMatchObject({ ok: false, refusal: { kind: 'needs-review' } });
  });
});
