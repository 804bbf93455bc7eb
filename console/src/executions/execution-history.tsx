import { useEffect, useState } from 'react';
import type { Execution } from '../api/types.ts';
import { shownClock, shownLength } from '../format/time.ts';
import { useWords } from '../i18n/context.tsx';
import { usePreferences } from '../settings/preferences.tsx';
import { LookNote } from '../ui/look.tsx';
import { type ExecutionRow, rowsOf, shownDetails } from './execution-rows.ts';
import { useExecutionHistory } from './use-executions.ts';

interface ExecutionHistoryProps {
  readonly orderId: string;
  readonly execution: Execution;
  readonly chosen: string | undefined;
  readonly onChoose: (state: string | undefined) => void;
}

/** Every event of one execution as Step Functions has it: the newest first, each with what it says when it is opened. */
export function ExecutionHistoryTable({ orderId, execution, chosen, onChoose }: ExecutionHistoryProps) {
  const { t } = useWords();
  const history = useExecutionHistory(orderId, execution);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  const rows = rowsOf(history.data?.pages.flatMap((page) => page.events) ?? []).toReversed();
  return (
    <>
      <LookNote at={history} />
      {rows.length > 0 && (
        <ol className="execution-events" aria-label={t('execution.events')}>
          {rows.map((row) => (
            <Row
              key={row.event.id}
              row={row}
              isChosen={chosen !== undefined && row.state === chosen}
              onChoose={onChoose}
            />
          ))}
        </ol>
      )}
    </>
  );
}

interface RowProps {
  readonly row: ExecutionRow;
  readonly isChosen: boolean;
  readonly onChoose: (state: string | undefined) => void;
}

function Row({ row: { event, state, error, afterMs }, isChosen, onChoose }: RowProps) {
  const { locale, name } = useWords();
  const { zone } = usePreferences();
  const [open, setOpen] = useState(false);
  return (
    <li className={isChosen ? 'is-chosen' : undefined}>
      <div className="execution-event">
        <span className="quiet">{event.id}</span>
        {event.details ? (
          <button type="button" className="plain-link" aria-expanded={open} onClick={() => setOpen(!open)}>
            {event.type}
          </button>
        ) : (
          <span>{event.type}</span>
        )}
        {state !== undefined && (
          <button type="button" className="plain-link quiet" onClick={() => onChoose(isChosen ? undefined : state)}>
            {name('step', state)}
          </button>
        )}
        {error !== undefined && <span className="execution-error">{error}</span>}
        <span className="entry-time">
          {afterMs !== undefined && <span className="quiet">+{shownLength(afterMs, locale)}</span>}
          <time dateTime={event.at} title={`${event.at} · ${zone}`}>
            {shownClock(event.at, locale, zone)}
          </time>
        </span>
      </div>
      {open && event.details && <pre>{shownDetails(event.details)}</pre>}
    </li>
  );
}
