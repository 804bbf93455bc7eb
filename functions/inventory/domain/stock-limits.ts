import { unitsForSale } from './stock-count.ts';
import type { StockEvent, StockLimitsSet, StockLow, StockRecovered } from './stock-events.ts';

/** What an operator has set for an article, or the settings for all of them. */
export interface StockLimits {
  /** Units that are kept from orders, for example for those that a count will not find. */
  readonly safetyStock: number;
  /** When no more units than this can be sold, people are told. @default they are not told */
  readonly lowStockThreshold?: number;
}

/** The limits of an article, and whether people were told that there is little of it. */
export interface WatchedLimits extends StockLimits {
  readonly low: boolean;
}

export const NO_LIMITS: WatchedLimits = { safetyStock: 0, low: false };

export const limitsOf = ({ safetyStock, lowStockThreshold, low }: WatchedLimits): WatchedLimits => ({
  safetyStock,
  ...(lowStockThreshold === undefined ? {} : { lowStockThreshold }),
  low,
});

/** The limits after the events; the same object when none of these changes them. */
export const limitsAfter = (limits: WatchedLimits, events: readonly StockEvent[]): WatchedLimits =>
  events.reduce(withEvent, limits);

function withEvent(limits: WatchedLimits, { type, data }: StockEvent): WatchedLimits {
  switch (type) {
    case 'StockLimitsSet': {
      const { safetyStock, lowStockThreshold } = data;
      return lowStockThreshold === undefined
        ? { safetyStock, low: false }
        : { safetyStock, lowStockThreshold, low: limits.low };
    }
    case 'StockLow':
      return { ...limits, low: true };
    case 'StockRecovered':
      return { ...limits, low: false };
    default:
      return limits;
  }
}

/** What an article records first that gets the limits of all articles: nothing when there are none. */
export const limitsSet = ({ safetyStock, lowStockThreshold }: StockLimits, reason: string): StockLimitsSet[] =>
  safetyStock === 0 && lowStockThreshold === undefined
    ? []
    : [
        {
          type: 'StockLimitsSet',
          data: { safetyStock, ...(lowStockThreshold === undefined ? {} : { lowStockThreshold }), reason },
        },
      ];

/** What is to be told: that there is little of the article by now, or enough again. Once for each time that the threshold is crossed. */
export function crossing(stock: WatchedLimits & { readonly available: number }): (StockLow | StockRecovered)[] {
  const { lowStockThreshold: threshold, low } = stock;
  if (threshold === undefined) return [];
  const forSale = unitsForSale(stock);
  if (forSale <= threshold === low) return [];
  return [{ type: low ? 'StockRecovered' : 'StockLow', data: { available: forSale, threshold } }];
}
