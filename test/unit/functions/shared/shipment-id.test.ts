import { describe, expect, test } from 'vitest';
import {
  numberOfShipment,
  orderOfShipment,
  parseShipmentId,
  shipmentIdOf,
} from '../../../../functions/shared/kernel/shipment-id.ts';
import { ORDER_ID } from '../../../support/orders/streams.ts';

describe('The id of a shipment', () => {
  test.each([1, 2, 20, 9_999])('says which order it belongs to, and which of its shipments it is: %i', (number) => {
    const id = shipmentIdOf(ORDER_ID, number);
    expect(parseShipmentId(id)).toBe(id);
    expect(orderOfShipment(id)).toBe(ORDER_ID);
    expect(numberOfShipment(id)).toBe(number);
  });

  test.each(['', 'shp-1', `${ORDER_ID}_1`, `${ORDER_ID}_0`, `${ORDER_ID}_02`, `${ORDER_ID}-2`, `${ORDER_ID}_2_3`])(
    'is not %j',
    (text) => {
      expect(() => parseShipmentId(text)).toThrow(RangeError);
    },
  );
});
