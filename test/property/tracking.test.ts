/** Whatever a carrier tells, in whatever order and however often: parcels only move forward, and end the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type OrderShipment, type ParcelStatus, parcelAfter } from '../../functions/orders/domain/shipments.ts';
import { TRACKED_STATUSES } from '../../functions/shipping/domain/tracking.ts';
import { FIRST, MUGS } from '../support/orders/parcels.ts';
import { START } from '../support/orders/streams.ts';

const PARCEL: OrderShipment = { shipmentId: FIRST, status: 'booked', items: [MUGS], carrier: 'Sim Express' };
const report = fc.record({
  status: fc.constantFrom(...TRACKED_STATUSES),
  at: fc.nat(20).map((seconds) => new Date(START + 1_000 * seconds).toISOString()),
});
const reports = fc.uniqueArray(report, { maxLength: 12, selector: ({ at, status }) => `${at} ${status}` });
const after = (told: readonly { status: (typeof TRACKED_STATUSES)[number]; at: string }[]) =>
  told.reduce<OrderShipment>(parcelAfter, PARCEL);

/** As the statuses are explained to people: a parcel never goes back along these. */
const STAGES: readonly (readonly ParcelStatus[])[] = [
  ['booked'],
  ['handed_over'],
  ['in_transit'],
  ['out_for_delivery', 'delivery_attempted'],
  ['returned_to_sender', 'lost'],
  ['delivered'],
];
const stageOf = (parcel: OrderShipment): number => STAGES.findIndex((stage) => stage.includes(parcel.status));

test('A parcel is the same in the end, in whatever order and however often its carrier tells of it', () => {
  fc.assert(
    fc.property(
      reports.chain((told) =>
        fc.tuple(fc.constant(told), fc.shuffledSubarray([...told, ...told], { minLength: 2 * told.length })),
      ),
      ([told, shuffled]) => {
        // Two things that happened at the same moment have no order of their own.
        fc.pre(new Set(told.map(({ at }) => at)).size === told.length);
        expect(after(shuffled)).toEqual(after(told));
      },
    ),
  );
});

test('A parcel never goes back, and one that is delivered stays so', () => {
  fc.assert(
    fc.property(reports, (told) => {
      told.reduce<OrderShipment>((before, each) => {
        const now = parcelAfter(before, each);
        expect(stageOf(now)).toBeGreaterThanOrEqual(stageOf(before));
        return now;
      }, PARCEL);
      if (told.some(({ status }) => status === 'delivered')) expect(after(told).status).toBe('delivered');
    }),
  );
});
