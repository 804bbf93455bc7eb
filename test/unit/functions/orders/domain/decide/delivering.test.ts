import { test } from 'vitest';
import { given } from '../../../../../support/orders/given-when-then.ts';
import { STREAMS } from '../../../../../support/orders/lifecycle.ts';

test('A parcel that is arranged is shipped, then delivered, each once', () => {
  given(...STREAMS.processing)
    .when({ type: 'ShipOrder' })
    .then({ type: 'OrderShipped', data: {} });
  given(...STREAMS.shipped)
    .when({ type: 'DeliverOrder' })
    .then({ type: 'OrderDelivered', data: {} });
  given(...STREAMS.shipped)
    .when({ type: 'ShipOrder' })
    .thenRefused({
      kind: 'illegal-transition',
      command: 'ShipOrder',
      from: 'shipped',
      to: 'shipped',
      allowedIn: ['processing'],
    });
  given(...STREAMS.delivered)
    .when({ type: 'DeliverOrder' })
    .thenRefused({
      kind: 'illegal-transition',
      command: 'DeliverOrder',
      from: 'delivered',
      to: 'delivered',
      allowedIn: ['shipped'],
    });
});

test('A parcel is not delivered before it is shipped', () => {
  given(...STREAMS.processing)
    .when({ type: 'DeliverOrder' })
    .thenRefused({
      kind: 'illegal-transition',
      command: 'DeliverOrder',
      from: 'processing',
      to: 'delivered',
      allowedIn: ['shipped'],
    });
});
