import { useInfiniteQuery } from '@tanstack/react-query';
import { useApi } from '../api/context.tsx';
import { EVERY } from '../api/queries.ts';
import type { BrowsedOrder, FoundOrder, OrderSummary } from '../api/types.ts';
import type { Filters } from './filters.ts';
import type { Question } from './finding.ts';
import { pathOfOrders } from './order-paths.ts';

type Told = Pick<BrowsedOrder, 'paymentMethod' | 'paymentStatus' | 'shipmentStatus' | 'reason'>;
export type ListedOrder = OrderSummary & Partial<Pick<FoundOrder, 'match'> & Told>;
export interface PageOfOrders {
  readonly items: readonly ListedOrder[];
  readonly next?: string | undefined;
}

const PAGE = 50;

/** The orders that answer the question, page by page; the first page is looked at again while it is the only one. */
export function useOrders(question: Question, filters: Filters) {
  const api = useApi();
  const pathOf = (cursor: string | undefined) => pathOfOrders(question, filters, cursor, PAGE);
  return useInfiniteQuery({
    queryKey: ['orders', pathOf(undefined)],
    queryFn: ({ pageParam, signal }) => api.get<PageOfOrders>(pathOf(pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : EVERY.list),
  });
}
