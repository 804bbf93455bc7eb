import { useInfiniteQuery } from '@tanstack/react-query';
import { useApi } from '../api/context.tsx';
import { customerOrdersPath, searchPath } from '../api/paths.ts';
import { EVERY } from '../api/queries.ts';
import type { FoundOrder, OrderSummary } from '../api/types.ts';
import type { Question } from './finding.ts';

export interface Filters {
  readonly status: string;
  /** Days of the calendar, such as 2026-01-31; both are inclusive. */
  readonly from: string;
  readonly to: string;
}

export type ListedOrder = OrderSummary & Partial<Pick<FoundOrder, 'match'>>;
interface PageOfOrders {
  readonly items: readonly ListedOrder[];
  readonly next?: string | undefined;
}

const PAGE = 50;

/** What is shown when nothing is asked for: the orders that wait for an operator's review. */
const HELD = 'status:held';

/** The orders that answer the question, page by page; the first page is looked at again while it is the only one. */
export function useOrders(question: Question, filters: Filters) {
  const api = useApi();
  const pathOf = (cursor: string | undefined): string => {
    if (question.kind === 'customer') {
      return customerOrdersPath(question.customerId, { ...filters, limit: PAGE, cursor });
    }
    return searchPath({ q: question.kind === 'words' ? question.words : HELD, limit: PAGE, cursor });
  };
  return useInfiniteQuery({
    queryKey: ['orders', pathOf(undefined)],
    queryFn: ({ pageParam, signal }) => api.get<PageOfOrders>(pathOf(pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : EVERY.list),
  });
}
