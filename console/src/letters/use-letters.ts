import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../api/context.tsx';
import { letterPath, lettersPath } from '../api/paths.ts';
import { EVERY } from '../api/queries.ts';
import type { ChangedLetter, DeadLetter, LetterList, ResentLetters } from '../api/types.ts';
import type { LetterFilters, ResendFilter } from './filters.ts';

const PAGE = 100;

export function useLetters(filters: LetterFilters) {
  const api = useApi();
  const pathOf = (cursor: string | undefined) => lettersPath({ ...filters, limit: PAGE, cursor });
  return useInfiniteQuery({
    queryKey: ['letters', pathOf(undefined)],
    queryFn: ({ pageParam, signal }) => api.get<LetterList>(pathOf(pageParam), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : EVERY.list),
    placeholderData: (before) => before,
  });
}

/** How many letters wait for a person, for the navigation. @param may whether the reader may know */
export function useWaitingLetters(may: boolean): number {
  const api = useApi();
  const { data } = useQuery({
    queryKey: ['letters', 'waiting'],
    enabled: may,
    queryFn: ({ signal }) => api.get<LetterList>(lettersPath({ limit: 1 }), signal),
    refetchInterval: EVERY.badge,
  });
  return data ? data.counts.waiting + data.counts.failed_again : 0;
}

/** What was resent is followed closely: its consumer mostly answers within seconds. */
export function useLetter(letterId: string) {
  const api = useApi();
  return useQuery({
    queryKey: ['letter', letterId],
    queryFn: ({ signal }) => api.get<DeadLetter>(letterPath(letterId), signal),
    refetchInterval: ({ state: { data } }) => {
      if (data?.state === 'resent') return EVERY.runningOrder;
      return data?.closedAt === undefined ? EVERY.list : false;
    },
  });
}

interface Asked {
  readonly path: 'resend' | 'dismiss';
  readonly reason: string;
  readonly idempotencyKey: string;
}

export function useLetterCommand(letterId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, reason, idempotencyKey }: Asked) =>
      api.send<ChangedLetter>({ path: `${letterPath(letterId)}/${path}`, body: { reason }, idempotencyKey }),
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['letter', letterId] }),
        queries.invalidateQueries({ queryKey: ['letters'] }),
      ]),
  });
}

export type ResendResult = ResentLetters['results'][number];

/** More of them are not looked at before a person decides: after these come the others. */
const MOST_PAGES = 8;

/** What a resend would send. */
export function usePreview(filter: ResendFilter) {
  const api = useApi();
  return useQuery({
    queryKey: ['letters-preview', filter],
    queryFn: () =>
      allPages((cursor, page) =>
        api.send<ResentLetters>({
          path: '/dead-letters/resend',
          body: { dryRun: true, filter, ...(cursor === undefined ? {} : { cursor }) },
          idempotencyKey: `${crypto.randomUUID()}-${page}`,
        }),
      ),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

interface ResendAsked {
  readonly reason: string;
  readonly idempotencyKey: string;
}

/** Page by page; another try of the same decision has the same key for each page, so that each is sent once. */
export function useResend(filter: ResendFilter) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ reason, idempotencyKey }: ResendAsked) =>
      allPages((cursor, page) =>
        api.send<ResentLetters>({
          path: '/dead-letters/resend',
          body: { dryRun: false, reason, filter, ...(cursor === undefined ? {} : { cursor }) },
          idempotencyKey: `${idempotencyKey}-${page}`,
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['letters'] }),
  });
}

interface AllPages {
  readonly results: readonly ResendResult[];
  /** Whether there are more. */
  readonly more: boolean;
}

async function allPages(ask: (cursor: string | undefined, page: number) => Promise<ResentLetters>): Promise<AllPages> {
  const results: ResendResult[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const answer = await ask(cursor, page);
    results.push(...answer.results);
    cursor = answer.next;
    if (cursor === undefined) return { results, more: false };
  }
  return { results, more: true };
}
