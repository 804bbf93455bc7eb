import type { ShipmentArranged, ShipmentCancelled } from '../../published/order-events.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import { orderOfShipment, type ShipmentId } from '../../shared/kernel/shipment-id.ts';
import type { StepOutcome } from '../../shared/kernel/step-outcome.ts';
import { AddressRefused, CarrierUnavailable, ShipmentWithdrawn } from './errors.ts';
import type { Shipment } from './shipment.ts';

/** The outcome of a booking, read from the shipment as it is afterwards. */
export function afterBooking(shipmentId: ShipmentId, shipment: Shipment): StepOutcome<ShipmentArranged> {
  const orderId = orderOfShipment(shipmentId);
  switch (shipment.status) {
    case 'booked': {
      const { status: _status, revision: _revision, reports: _reports, ...booking } = shipment;
      return { fact: { type: 'ShipmentArranged', data: { shipmentId, ...known(booking) } } };
    }
    case 'refused':
      return { refusal: new AddressRefused(orderId) };
    case 'cancelled':
    case 'withdrawn':
      return { refusal: new ShipmentWithdrawn(orderId) };
    case 'none':
      return { refusal: new CarrierUnavailable(orderId) };
    default:
      return assertNever(shipment);
  }
}

/** Reads what a cancellation came to from the shipment as it is afterwards. */
export function afterCancellation(shipmentId: ShipmentId, shipment: Shipment): StepOutcome<ShipmentCancelled> {
  switch (shipment.status) {
    case 'cancelled':
      return { fact: { type: 'ShipmentCancelled', data: { shipmentId, bookingId: shipment.bookingId } } };
    case 'refused':
    case 'withdrawn':
      return {};
    case 'none':
    case 'booked':
      return { refusal: new CarrierUnavailable(orderOfShipment(shipmentId)) };
    default:
      return assertNever(shipment);
  }
}

type Known<Fields> = { readonly [Name in keyof Fields]: Exclude<Fields[Name], undefined> };

/** Only the fields that the carrier has given. */
const known = <Fields extends object>(fields: Fields): Known<Fields> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Known<Fields>;
