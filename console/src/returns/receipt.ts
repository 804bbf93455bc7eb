/** What has come back of a return, as an operator records it and the API takes it. */
import type { Money, OrderReturn, ReturnTerms } from '../api/types.ts';

/** Why units are not taken back. */
export const REJECTIONS = ['damaged', 'used', 'wrong_article', 'not_in_package', 'other'] as const;
export type Rejection = (typeof REJECTIONS)[number];

/** Of one article, as typed. */
export interface ReceivedUnits {
  /** Taken back, and for sale again. */
  readonly good: string;
  /** Taken back, and not for sale. */
  readonly damaged: string;
  /** Not taken back. */
  readonly rejected: string;
  readonly reason: Rejection;
}

/** By article. */
export type Receipt = Readonly<Record<string, ReceivedUnits>>;

export interface Units {
  readonly sku: string;
  readonly quantity: number;
}

/** The units that nobody has decided about yet. */
export function undecidedOf({ lines, accepted, rejected, withdrawn }: OrderReturn): readonly Units[] {
  const decided = [...accepted, ...rejected, ...withdrawn];
  return lines
    .map(({ sku, quantity }) => ({
      sku,
      quantity: decided.reduce((left, units) => (units.sku === sku ? left - units.quantity : left), quantity),
    }))
    .filter(({ quantity }) => quantity > 0);
}

/** Everything that is undecided has come back as it left. */
export const receiptOf = (undecided: readonly Units[]): Receipt =>
  Object.fromEntries(
    undecided.map(({ sku, quantity }) => [
      sku,
      { good: String(quantity), damaged: '', rejected: '', reason: 'damaged' satisfies Rejection },
    ]),
  );

/** A whole number, 0 for an empty text; undefined for any other. */
function unitsIn(text: string): number | undefined {
  const typed = text.trim();
  if (typed === '') return 0;
  return /^\d{1,7}$/.test(typed) ? Number(typed) : undefined;
}

interface Counted {
  readonly sku: string;
  readonly good: number;
  readonly damaged: number;
  readonly rejected: number;
  readonly reason: Rejection;
}

function countedIn(receipt: Receipt, undecided: readonly Units[]): readonly Counted[] | undefined {
  const counted: Counted[] = [];
  for (const { sku, quantity } of undecided) {
    const typed = receipt[sku];
    if (!typed) return undefined;
    const [good, damaged, rejected] = [unitsIn(typed.good), unitsIn(typed.damaged), unitsIn(typed.rejected)];
    if (good === undefined || damaged === undefined || rejected === undefined) return undefined;
    if (good + damaged + rejected > quantity) return undefined;
    counted.push({ sku, good, damaged, rejected, reason: typed.reason });
  }
  return counted;
}

export interface ReceiptRequest {
  readonly accepted?: readonly Units[];
  readonly damaged?: readonly Units[];
  readonly rejected?: readonly (Units & { readonly reason: Rejection })[];
  readonly waivesFee?: true;
}

/** The request of a receipt, for which the shop keeps no fee where it waives one; undefined while it says nothing, what cannot be meant, or more units than are undecided. */
export function requestOf(
  receipt: Receipt,
  undecided: readonly Units[],
  waivesFee = false,
): ReceiptRequest | undefined {
  const counted = countedIn(receipt, undecided);
  if (counted === undefined) return undefined;
  const some = (unitsOf: (one: Counted) => number): readonly Units[] =>
    counted.map((one) => ({ sku: one.sku, quantity: unitsOf(one) })).filter(({ quantity }) => quantity > 0);
  const accepted = some(({ good, damaged }) => good + damaged);
  const damaged = some((one) => one.damaged);
  const rejected = counted
    .filter((one) => one.rejected > 0)
    .map(({ sku, rejected: quantity, reason }) => ({ sku, quantity, reason }));
  if (accepted.length === 0 && rejected.length === 0) return undefined;
  return {
    ...(accepted.length > 0 ? { accepted } : {}),
    ...(damaged.length > 0 ? { damaged } : {}),
    ...(rejected.length > 0 ? { rejected } : {}),
    ...(waivesFee ? { waivesFee } : {}),
  };
}

const sumOf = (units: readonly Units[] = []): number => units.reduce((sum, { quantity }) => sum + quantity, 0);

/** How many units will be refunded, put back on sale, kept as damaged, sent back, and still waited for. */
export function effectsOf(request: ReceiptRequest, undecided: readonly Units[]) {
  const [accepted, damaged, rejected] = [sumOf(request.accepted), sumOf(request.damaged), sumOf(request.rejected)];
  return {
    refunded: accepted,
    restocked: accepted - damaged,
    damaged,
    rejected,
    awaited: sumOf(undecided) - accepted - rejected,
  };
}

/**
 * What goes back to the customer, and what the shop keeps of it, when everything that is undecided is accepted.
 * @param terms of the return
 * @returns undefined for a part of it, of which only the API knows how its price is rounded
 */
export function moneyOf(
  request: ReceiptRequest,
  undecided: readonly Units[],
  terms: ReturnTerms['returns'][number] | undefined,
): { readonly refund: Money; readonly fee: Money } | undefined {
  const isOfAll = terms !== undefined && sumOf(terms.lines) === sumOf(undecided);
  if (!isOfAll || sumOf(request.accepted) !== sumOf(undecided)) return undefined;
  const { refund, restockingFee } = terms;
  if (!request.waivesFee) return { refund, fee: restockingFee };
  return {
    refund: { ...refund, amount: refund.amount + restockingFee.amount },
    fee: { ...restockingFee, amount: 0 },
  };
}
