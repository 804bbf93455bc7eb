import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context.tsx';
import { handOverPath, parcelsPath } from '../api/paths.ts';
import { EVERY } from '../api/queries.ts';
import type { ChangedOrder, ParcelsToPack, ParcelToPack } from '../api/types.ts';

const PAGE = 50;

/** The parcels that are booked and have not left, those of the oldest order first. @param location where they leave; empty: anywhere */
export function useParcels(location: string) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: ['parcels', location],
    queryFn: ({ pageParam, signal }) =>
      api.get<ParcelsToPack>(parcelsPath({ location, limit: PAGE, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    // Each look is noted as one at personal data, and costs as much as what it shows.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : EVERY.health),
  });
}

interface HandOver {
  readonly parcel: ParcelToPack;
  readonly idempotencyKey: string;
}

/** Records that the carrier has a parcel. It is for no version of the order: whatever else has happened, the parcel has left. */
export function useHandOver() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ parcel, idempotencyKey }: HandOver) =>
      api.send<ChangedOrder>({ path: handOverPath(parcel), body: {}, idempotencyKey }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['parcels'] }),
  });
}
