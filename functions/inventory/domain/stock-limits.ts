import type { LocationId } from '../../shared/kernel/location.ts';
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

type Watch = Omit<WatchedLimits, 'safetyStock'>;

/** When people are to be told of the article, and whether they were, after the events. */
export const limitsAfter = ({ lowStockThreshold, low }: Watch, events: readonly StockEvent[]): Watch =>
  events.reduce(withEvent, lowStockThreshold === undefined ? { low } : { lowStockThreshold, low });

function withEvent(watch: Watch, { type, data }: StockEvent): Watch {
  switch (type) {
    case 'StockLimitsSet': {
      const { location, lowStockThreshold } = data;
      if (lowStockThreshold !== undefined) return { lowStockThreshold, low: watch.low };
      return location === undefined ? { low: false } : watch;
    }
    case 'StockLow':
      return { ...watch, low: true };
    case 'StockRecovered':
      return { ...watch, low: false };
    default:
      return watch;
  }
}

/** What an article records first that gets the limits of all articles: nothing when there are none. */
export const limitsSet = (
  { safetyStock, lowStockThreshold }: StockLimits,
  location: LocationId | undefined,
  reason: string,
): StockLimitsSet[] =>
  safetyStock === 0 && lowStockThreshold === undefined
    ? []
    : [
        {
          type: 'StockLimitsSet',
          data: {
            safetyStock,
            ...(lowStockThreshold === undefined ? {} : { lowStockThreshold }),
            ...(location === undefined ? {} : { location }),
            reason,
          },
        },
      ];

/**
 * What is to be told: that there is little of the article by now, or enough again. Once for each time that the threshold is crossed.
 * @param forSale units that orders can have
 */
export function crossing({ lowStockThreshold: threshold, low }: Watch, forSale: number): (StockLow | StockRecovered)[] {
  if (threshold === undefined) return [];
  if (forSale <= threshold === low) return [];
  return [{ type: low ? 'StockRecovered' : 'StockLow', data: { available: forSale, threshold } }];
}
