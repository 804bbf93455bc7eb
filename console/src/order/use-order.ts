import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context.tsx';
import { historyPath, orderPath } from '../api/paths.ts';
import { EVERY } from '../api/queries.ts';
import type { ChangedOrder, Order, OrderHistory } from '../api/types.ts';
import { isAtRest, isFinal } from './statuses.ts';

/** What follows from an event follows within seconds. */
const JUST_NOW_MS = 15_000;

const intervalOf = (order: Order | undefined): number | false => {
  if (!order || Date.now() - Date.parse(order.updatedAt) < JUST_NOW_MS) return EVERY.runningOrder;
  if (isFinal(order)) return false;
  return isAtRest(order) ? EVERY.list : EVERY.runningOrder;
};

export function useOrder(orderId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['order', orderId],
    queryFn: ({ signal }) => api.get<Order>(orderPath(orderId), signal),
    refetchInterval: ({ state }) => intervalOf(state.data),
  });
}

/** All events of the order. They are asked for again when the order has another version: events never change. */
export function useHistory(orderId: string, version: number | undefined) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['history', orderId, version],
    enabled: version !== undefined,
    queryFn: ({ pageParam, signal }) => api.get<OrderHistory>(historyPath(orderId, pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    placeholderData: (before) => before,
  });
}

interface Asked {
  readonly path: string;
  readonly body: unknown;
  readonly version: number;
  readonly idempotencyKey: string;
}

/** Sends a command on the order. Another try of the same decision has the same key, so that it is carried out once. */
export function useOrderCommand(orderId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, ...command }: Asked) =>
      api.send<ChangedOrder>({ path: `${orderPath(orderId)}${path}`, ...command }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['order', orderId] }),
  });
}
