import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useApi } from '../api/context.tsx';
import { executionHistoryPath, executionsPath } from '../api/paths.ts';
import { EVERY } from '../api/queries.ts';
import type { Execution, ExecutionHistory, ExecutionList } from '../api/types.ts';

export const isRunning = ({ status }: Pick<Execution, 'status'>): boolean =>
  status === 'running' || status === 'pending_redrive';

/**
 * The executions of the order's sagas. Step Functions is asked only while somebody looks at them.
 * @param version of the order: another one may have begun another execution
 */
export function useExecutions(orderId: string, version: number) {
  const api = useApi();
  return useQuery({
    queryKey: ['executions', orderId, version],
    queryFn: ({ signal }) => api.get<ExecutionList>(executionsPath(orderId), signal),
    refetchInterval: ({ state }) => (state.data?.items.some(isRunning) ? EVERY.list : false),
    placeholderData: (before) => before,
  });
}

/** What Step Functions has recorded of one execution, oldest first; all of it, page by page. */
export function useExecutionHistory(orderId: string, execution: Execution | undefined) {
  const api = useApi();
  const executionId = execution?.executionId ?? '';
  return useInfiniteQuery({
    queryKey: ['executions', orderId, executionId, 'history', execution?.status],
    enabled: execution !== undefined,
    queryFn: ({ pageParam, signal }) =>
      api.get<ExecutionHistory>(executionHistoryPath(orderId, executionId, pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: execution && isRunning(execution) ? EVERY.runningOrder : false,
    staleTime: execution && isRunning(execution) ? 0 : Number.POSITIVE_INFINITY,
    placeholderData: (before) => before,
  });
}
