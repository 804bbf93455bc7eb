import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/context.tsx';
import { EVERY } from '../api/queries.ts';
import type { Alarms, DependencyHealth, Metrics, Partners } from '../api/types.ts';
import { useMay } from '../session/context.tsx';

/** Everything is asked for while the page is seen only. */
function useLook<Answer>(path: string, everyMs: number, enabled = true) {
  const api = useApi();
  return useQuery({
    queryKey: ['health', path],
    enabled,
    queryFn: ({ signal }) => api.get<Answer>(path, signal),
    refetchInterval: everyMs,
  });
}

export const useAlarms = () => useLook<Alarms>('/alarms', EVERY.health);
export const usePartners = () => useLook<Partners>('/partners', EVERY.health, useMay()('partners:read'));
export const useProjections = () => useLook<Metrics>('/metrics', EVERY.health);
/** It makes the API ask everything that orders need: seldom. */
export const useDependencies = () => useLook<DependencyHealth>('/health/dependencies', EVERY.badge);
