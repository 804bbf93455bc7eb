/** Ways in which what an order does that waits for goods could be wrong. */
import { backordering, caught, type Mutant, next, theModel, withStep } from './mutating.ts';
import { OUTSIDE } from './outside.ts';

export const OF_BACKORDERS: readonly Mutant[] = [
  {
    name: 'a backorder is filled without a reservation',
    model: backordering({
      ...theModel(),
      outside: {
        ...OUTSIDE,
        fillBackorder: (free, order) => {
          const filled = OUTSIDE.fillBackorder(free, order);
          return filled && { ...filled, free };
        },
      },
    }),
  },
  {
    name: 'a card is charged before the goods have come',
    model: backordering(caught('ReserveInventory', 'Backordered', 'AuthorisePayment')),
  },
  {
    name: 'a look that finds no goods is taken for one that does',
    model: backordering(next('AwaitGoods', 'AuthorisePayment')),
  },
  {
    name: 'a backorder that is over keeps goods that have come',
    model: backordering(caught('AwaitGoods', 'BackorderExpired', 'CancelOrder')),
  },
  { name: 'a backorder has no end', model: backordering(caught('AwaitGoods', 'BackorderExpired', 'AwaitGoods')) },
  {
    name: 'a backorder that is over can still be filled',
    model: backordering(
      withStep(
        'ReleaseInventory',
        (step) => (free, order, input) => (order.goods === 'waiting' ? [{ free, order }] : step(free, order, input)),
      ),
    ),
  },
];
