import { describe, expect, test } from 'vitest';
import { shipmentIdOf } from '../../../../../functions/shared/kernel/shipment-id.ts';
import { afterBooking, afterCancellation } from '../../../../../functions/shipping/domain/arrange-shipment.ts';
import {
  AddressRefused,
  CarrierUnavailable,
  ShipmentWithdrawn,
} from '../../../../../functions/shipping/domain/errors.ts';
import type { Shipment } from '../../../../../functions/shipping/domain/shipment.ts';
import { ORDER_ID } from '../../../../support/orders/streams.ts';

const ID = shipmentIdOf(ORDER_ID, 2);
const data = { bookingId: 'shp-1', carrier: 'Sim Express', trackingNumber: 'TRK-1' };
const booked: Shipment = { status: 'booked', ...data, revision: 1 };
const cancelled: Shipment = { status: 'cancelled', bookingId: 'shp-1' };

describe('After a booking', () => {
  test('a booked shipment is a fact', () => {
    expect(afterBooking(ID, booked)).toEqual({ fact: { type: 'ShipmentArranged', data: { shipmentId: ID, ...data } } });
  });

  test.each<[Shipment, new (orderId: typeof ORDER_ID) => Error]>([
    [{ status: 'refused' }, AddressRefused],
    [cancelled, ShipmentWithdrawn],
    [{ status: 'withdrawn' }, ShipmentWithdrawn],
    [{ status: 'none' }, CarrierUnavailable],
  ])('%j is refused without a fact', (shipment, refusal) => {
    expect(afterBooking(ID, shipment)).toEqual({ refusal: expect.any(refusal) });
  });
});

describe('After a cancellation', () => {
  test('a cancelled shipment is a fact', () => {
    expect(afterCancellation(ID, cancelled)).toEqual({
      fact: { type: 'ShipmentCancelled', data: { shipmentId: ID, bookingId: 'shp-1' } },
    });
  });

  test.each<[Shipment]>([[{ status: 'refused' }], [{ status: 'withdrawn' }]])('%j needs nothing', (shipment) => {
    expect(afterCancellation(ID, shipment)).toEqual({});
  });

  test.each<[Shipment]>([[{ status: 'none' }], [booked]])(
    '%j was not cancelled, and is worth another try',
    (shipment) => {
      expect(afterCancellation(ID, shipment)).toEqual({ refusal: expect.any(CarrierUnavailable) });
    },
  );
});
