import { parse, type Route } from '../shared/http.ts';
import type { Ledger } from '../shared/ledger.ts';
import { commonRoutes, KEY } from '../shared/routes.ts';
import { TrackingNotices } from './notices.ts';
import { bookRequest, type ShipmentMovement, trackingRequest } from './protocol.ts';
import { Shipments } from './shipments.ts';

const shipment = (action = '') => new RegExp(`^/v1/shipments/${KEY}${action}$`);

/** The protocol of README.md over `ledger`. @param notices who is told what becomes of parcels. @default nobody, until an endpoint is named */
export function carrierRoutes(ledger: Ledger<ShipmentMovement>, notices = new TrackingNotices()): Route[] {
  const shipments = new Shipments(ledger, { notices });
  return [
    ...commonRoutes(ledger),
    { method: 'GET', path: shipment(), handle: ({ params }) => shipments.get(params.key!) },
    {
      method: 'PUT',
      path: shipment(),
      handle: ({ params, body }) => shipments.book(params.key!, parse(bookRequest, body)),
    },
    { method: 'POST', path: shipment('/cancel'), handle: ({ params }) => shipments.cancel(params.key!) },
    {
      method: 'POST',
      path: shipment('/tracking'),
      open: true,
      handle: ({ params, body }) => shipments.track(params.key!, parse(trackingRequest, body)),
    },
    ...notices.routes,
  ];
}
