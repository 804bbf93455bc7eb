import type { ShipmentArranged, ShipmentCancelled } from '../../published/order-events.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { OrderId } from '../../shared/kernel/ids.ts';
import type { StepOutcome } from '../../shared/kernel/step-outcome.ts';
import { AddressRefused, CarrierUnavailable, ShipmentWithdrawn } from './errors.ts';
import type { Shipment } from './shipment.ts';

/** The outcome of a booking, read from the shipment as it is afterwards. */
export function afterBooking(orderId: OrderId, shipment: Shipment): StepOutcome<ShipmentArranged> {
  switch (shipment.status) {
    case 'booked': {
      const { shipmentId, carrier, trackingNumber } = shipment;
      return { fact: { type: 'ShipmentArranged', data: { shipmentId, carrier, trackingNumber } } };
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
export function afterCancellation(orderId: OrderId, shipment: Shipment): StepOutcome<ShipmentCancelled> {
  switch (shipment.status) {
    case 'cancelled':
      return { fact: { type: 'ShipmentCancelled', data: { shipmentId: shipment.shipmentId } } };
    case 'refused':
    case 'withdrawn':
      return {};
    case 'none':
    case 'booked':
      return { refusal: new CarrierUnavailable(orderId) };
    default:
      return assertNever(shipment);
  }
}
