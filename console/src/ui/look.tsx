import { Button } from '@mantine/core';
import { isNews } from '../api/problem.ts';
import { useWords } from '../i18n/context.tsx';
import { Awaited } from './panel.tsx';
import { ProblemNote } from './problem.tsx';

/** A question to the API, as react-query has it. */
interface Look {
  readonly data: unknown;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

/** Stands before an answer: that it is awaited, or why it did not come, with another try. Nothing when it is there. */
export function LookNote({ at, rows = 5 }: { readonly at: Look; readonly rows?: number }) {
  const { t } = useWords();
  return (
    <>
      {at.isPending && <Awaited label={t('awaited')} rows={rows} />}
      {isNews(at.error, at.data) && <ProblemNote error={at.error} onRetry={() => void at.refetch()} />}
    </>
  );
}

interface MoreButtonProps {
  readonly of: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => unknown;
  };
  readonly label: string;
  readonly isInside?: boolean;
}

/** Gets the next page of a list; nothing when there is none. */
export function MoreButton({ of, label, isInside = false }: MoreButtonProps) {
  if (!of.hasNextPage) return null;
  return (
    <Button
      className={isInside ? 'more-inside' : 'more'}
      size={isInside ? 'xs' : 'sm'}
      variant="default"
      loading={of.isFetchingNextPage}
      onClick={() => void of.fetchNextPage()}
    >
      {label}
    </Button>
  );
}
