import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context.tsx';
import { lowStockPath, stockHistoryPath, stockPath } from '../api/paths.ts';
import { ApiProblem } from '../api/problem.ts';
import { EVERY } from '../api/queries.ts';
import type { Stock, StockHistory, StockList } from '../api/types.ts';
import type { StockRequest } from './stock-commands.ts';

const PAGE = 50;

/** The articles of which people were told that few are left. */
export function useLowStock() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['stock', 'low'],
    queryFn: ({ pageParam, signal }) => api.get<StockList>(lowStockPath({ limit: PAGE, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : EVERY.health),
  });
}

/** The stock of an article; null when there never was any. */
export function useStock(sku: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['stock', 'article', sku],
    queryFn: ({ signal }) =>
      api.get<Stock>(stockPath(sku), signal).catch((error: unknown) => {
        if (error instanceof ApiProblem && error.kind === 'stock-not-found') return null;
        throw error;
      }),
    refetchInterval: ({ state }) => (state.data ? EVERY.list : false),
  });
}

/** What came, went and was counted; the oldest first, as the API gives it. */
export function useStockHistory(sku: string) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['stock', 'history', sku],
    queryFn: ({ pageParam, signal }) =>
      api.get<StockHistory>(stockHistoryPath(sku, { limit: PAGE, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
}

export function useStockCommand(sku: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ request, idempotencyKey }: { request: StockRequest; idempotencyKey: string }) =>
      api.send<Stock>({
        method: request.method,
        path: `${stockPath(sku)}${request.path}`,
        body: request.body,
        idempotencyKey,
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['stock'] }),
  });
}
