/**
 * An order's shipment as the carrier has it.
 * - `none`: the carrier has never heard of it
 * - `refused`: the carrier does not deliver to the address, for good; nothing is booked
 * - `booked`: the carrier will deliver it, as the booking of this `revision` said
 * - `cancelled`: it was booked, and is not any more
 * - `withdrawn`: cancelled before it was booked; nothing was, and nothing ever will be
 */
export type Shipment =
  | { readonly status: 'none' }
  | { readonly status: 'refused' }
  | {
      readonly status: 'booked';
      readonly shipmentId: string;
      readonly carrier: string;
      readonly trackingNumber: string;
      readonly revision: number;
    }
  | { readonly status: 'cancelled'; readonly shipmentId: string }
  | { readonly status: 'withdrawn' };
