/** What is to be done with the parcels that are shown. */
import type { ParcelToPack } from '../api/types.ts';

export type Pick = ParcelToPack['items'][number];

/** The units that the parcels need, by article; the article of which most are needed first. */
export function picksOf(parcels: readonly ParcelToPack[]): readonly Pick[] {
  const picks = new Map<string, Pick>();
  for (const { sku, name, quantity } of parcels.flatMap(({ items }) => items)) {
    picks.set(sku, { sku, name, quantity: quantity + (picks.get(sku)?.quantity ?? 0) });
  }
  return [...picks.values()].sort((one, other) => other.quantity - one.quantity);
}

/** The parcel whose label was scanned: by the carrier's number, or by its own id. */
export function scannedParcel(parcels: readonly ParcelToPack[], scanned: string): ParcelToPack | undefined {
  const code = scanned.trim().toUpperCase();
  return parcels.find(
    ({ trackingNumber, shipmentId }) => trackingNumber?.toUpperCase() === code || shipmentId.toUpperCase() === code,
  );
}

/** The places that the parcels leave. */
export const locationsOf = (parcels: readonly ParcelToPack[]): readonly string[] =>
  [...new Set(parcels.flatMap(({ location }) => location ?? []))].sort();
