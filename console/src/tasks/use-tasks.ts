import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context.tsx';
import { taskPath, tasksPath } from '../api/paths.ts';
import { EVERY } from '../api/queries.ts';
import type { AnyTask, ChangedTask, TaskList } from '../api/types.ts';

const PAGE = 100;

export interface TaskFilters {
  readonly kind: string;
  /** `resolved`, or empty for all that are not. */
  readonly status: string;
  readonly claimant: string;
}

/** What waits for people, first what is due first. */
export function useTasks(filters: TaskFilters) {
  const api = useApi();
  const pathOf = (cursor: string | undefined) => tasksPath({ ...filters, limit: PAGE, cursor });
  return useInfiniteQuery({
    queryKey: ['tasks', pathOf(undefined)],
    queryFn: ({ pageParam, signal }) => api.get<TaskList>(pathOf(pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : EVERY.list),
  });
}

export function useTask(taskId: string, orderId: string | undefined) {
  const api = useApi();
  return useQuery({
    queryKey: ['task', taskId],
    queryFn: ({ signal }) => api.get<AnyTask>(taskPath(taskId, orderId), signal),
    refetchInterval: ({ state }) => (state.data?.status === 'resolved' ? false : EVERY.list),
  });
}

interface Asked {
  /** Below the path of the task. */
  readonly path: string;
  readonly body: unknown;
  readonly version: number;
  readonly idempotencyKey: string;
}

export function useTaskCommand(taskId: string, orderId: string | undefined) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, ...command }: Asked) =>
      api.send<ChangedTask>({ path: `${taskPath(taskId, orderId)}/${path}`, ...command }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['task', taskId] }),
        queries.invalidateQueries({ queryKey: ['tasks'] }),
        queries.invalidateQueries({ queryKey: ['order', orderId] }),
      ]),
  });
}
