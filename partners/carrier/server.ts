import { parse, type Route } from '../shared/http.ts';
import type { Ledger } from '../shared/ledger.ts';
import { commonRoutes, KEY } from '../shared/routes.ts';
import { bookRequest, type ShipmentMovement } from './protocol.ts';
import { Shipments } from './shipments.ts';

const shipment = (action = '') => new RegExp(`^/v1/shipments/${KEY}${action}$`);

/** The protocol of README.md over `ledger`. */
export function carrierRoutes(ledger: Ledger<ShipmentMovement>): Route[] {
  const shipments = new Shipments(ledger);
  return [
    ...commonRoutes(ledger),
    { method: 'GET', path: shipment(), handle: ({ params }) => shipments.get(params.key!) },
    {
      method: 'PUT',
      path: shipment(),
      handle: ({ params, body }) => shipments.book(params.key!, parse(bookRequest, body)),
    },
    { method: 'POST', path: shipment('/cancel'), handle: ({ params }) => shipments.cancel(params.key!) },
  ];
}
