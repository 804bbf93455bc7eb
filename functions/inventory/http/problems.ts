/** The types of problems that only requests about stock have. */
import { keyReused } from '../../shared/http/command-problems.ts';
import { Problem } from '../../shared/http/problem.ts';
import { type ProblemType, REQUEST_REFUSED } from '../../shared/http/problems.ts';
import { assertNever } from '../../shared/kernel/assert-never.ts';
import type { Sku } from '../../shared/kernel/ids.ts';
import type { StockRefusal } from '../application/record-stock.ts';

export const STOCK_NOT_FOUND: ProblemType = {
  kind: 'stock-not-found',
  status: 404,
  title: 'The article never had stock',
};

export const stockNotFound = (sku: string): Problem =>
  new Problem(STOCK_NOT_FOUND, `There never was stock of ${sku}. Its first movement has to be a receipt.`);

export function problemOfStock(sku: Sku, refusal: StockRefusal): Problem {
  switch (refusal.kind) {
    case 'no-stock':
      return stockNotFound(sku);
    case 'too-few': {
      const detail = `Of ${sku}, ${refusal.stock.available} units are available; expected at least as many as are to go.`;
      return new Problem(REQUEST_REFUSED, detail);
    }
    case 'no-location': {
      const { location, known } = refusal;
      const detail = `The shop has no location ${location}; expected one of: ${known.join(', ')}. They are in the setting inventory.locations.`;
      return new Problem(REQUEST_REFUSED, detail);
    }
    case 'command-reused':
      return keyReused();
    default:
      return assertNever(refusal);
  }
}
