import { articleAt, DEFAULT_LOCATION, type UnitsAt } from '../../shared/kernel/location.ts';
import { countOf, type Units } from '../../shared/kernel/units.ts';

/**
 * The locations to which units of an article come back: those that they left, the usual one first and then by id, where earlier returns of the order did not fill them. The
 * ledger books them in the same order. What nobody knows to have left comes back to the usual location.
 * @param left what has left, with its locations
 * @param earlier what came back before
 */
export function returnedTo({ sku, quantity }: Units, left: readonly UnitsAt[], earlier: readonly Units[]): UnitsAt[] {
  let filled = countOf(sku, earlier);
  let missing = quantity;
  const parts: UnitsAt[] = [];
  const lines = left.filter((line) => line.sku === sku);
  const place = ({ location }: UnitsAt): string => articleAt(sku, location);
  for (const line of lines.toSorted((one, other) => (place(one) < place(other) ? -1 : 1))) {
    const before = Math.min(filled, line.quantity);
    const back = Math.min(missing, line.quantity - before);
    filled -= before;
    missing -= back;
    if (back > 0) parts.push({ ...line, quantity: back });
  }
  return missing === 0 ? parts : [...parts, { sku, quantity: missing, location: DEFAULT_LOCATION }];
}
