import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'wouter';
import { useWords } from '../i18n/context.tsx';
import { useMay } from '../session/context.tsx';
import { LookNote, MoreButton } from '../ui/look.tsx';
import { useOpener } from '../ui/opener.ts';
import { Empty, Panel } from '../ui/panel.tsx';
import { useNow } from '../ui/time.tsx';
import {
  AGES,
  filtersIn,
  LETTER_STATES,
  type LetterCause,
  letterCausesOf,
  type ResendFilter,
  resendFilterOf,
} from './filters.ts';
import { LettersTable } from './letters-table.tsx';
import { ResendDialog } from './resend-dialog.tsx';
import { useLetters } from './use-letters.ts';

/** What could not be handled, by cause; the filters stand in the address. */
export default function LettersPage() {
  const { t } = useWords();
  const may = useMay();
  const now = useNow();
  const [parameters] = useSearchParams();
  const { chosen: resending, choose, close } = useOpener<ResendFilter>();
  const filters = filtersIn(parameters, now);
  const letters = useLetters(filters);
  const found = letters.data?.pages.flatMap(({ items }) => items) ?? [];
  const counts = letters.data?.pages[0]?.counts;
  const isDone = filters.state === 'handled' || filters.state === 'dismissed';
  const canResend = (cause: LetterCause) =>
    may('orders:recover') && !isDone && cause.letters.some(({ resendable }) => resendable);
  return (
    <div className="page">
      <div className="page-head">
        <h1>{t('nav.letters')}</h1>
        {counts && (
          <span className="quiet" role="status">
            {t('letters.counts', { waiting: counts.waiting + counts.failed_again, resent: counts.resent })}
          </span>
        )}
      </div>
      <LetterFilterRow />
      <LookNote at={letters} />
      {letters.data && found.length === 0 && (
        <Panel title={t('nav.letters')}>
          <Empty title={t('letters.none')}>{t('letters.noneHint')}</Empty>
        </Panel>
      )}
      <div className="causes">
        {letterCausesOf(found).map((cause) => (
          <section key={cause.key} className="panel">
            <header>
              <h2 className="cause">
                {cause.queue}
                {cause.eventType !== undefined && <span>{cause.eventType}</span>}
                {cause.error !== undefined && <code>{cause.error}</code>}
              </h2>
              <span className="cause-aside">
                <span className="quiet">{t('letters.count', { n: cause.letters.length })}</span>
                {canResend(cause) && (
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={(event) => choose(event, resendFilterOf(cause, filters, new Date().toISOString()))}
                  >
                    {t('letters.resendAll')}
                  </Button>
                )}
              </span>
            </header>
            <LettersTable letters={cause.letters} />
          </section>
        ))}
      </div>
      <MoreButton of={letters} label={t('orders.more')} />
      {resending && <ResendDialog filter={resending} onClose={close} />}
    </div>
  );
}

function LetterFilterRow() {
  const { t, name } = useWords();
  const [parameters, setParameters] = useSearchParams();
  const of = (field: string) => parameters.get(field) ?? '';
  const filter = (field: string, value: string) =>
    setParameters(
      (before) => {
        const after = new URLSearchParams(before);
        if (value === '') after.delete(field);
        else after.set(field, value);
        return after;
      },
      { replace: true },
    );
  return (
    <form
      className="filters letter-filters"
      aria-label={t('filters.label')}
      onSubmit={(event) => event.preventDefault()}
    >
      <NativeSelect
        label={t('order.status')}
        value={of('state')}
        onChange={({ target }) => filter('state', target.value)}
        data={[
          { value: '', label: t('letters.open') },
          ...LETTER_STATES.map((state) => ({ value: state, label: name('letterState', state) })),
        ]}
      />
      <NativeSelect
        label={t('letters.age')}
        value={of('age')}
        onChange={({ target }) => filter('age', target.value)}
        data={[
          { value: '', label: t('filters.any') },
          ...Object.keys(AGES).map((age) => ({ value: age, label: name('letterAge', age) })),
        ]}
      />
      {(['queue', 'eventType', 'error', 'orderId'] as const).map((field) => (
        <TextFilter key={field} field={field} shown={of(field)} onFilter={(text) => filter(field, text)} />
      ))}
    </form>
  );
}

interface TextFilterProps {
  readonly field: 'queue' | 'eventType' | 'error' | 'orderId';
  /** As it stands in the address. */
  readonly shown: string;
  readonly onFilter: (text: string) => void;
}

/** Filters when one leaves the field, or at Enter. */
function TextFilter({ field, shown, onFilter }: TextFilterProps) {
  const { t } = useWords();
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  const filter = () => {
    if (text.trim() !== shown) onFilter(text.trim());
  };
  return (
    <TextInput
      label={t(`letterFilter.${field}`)}
      value={text}
      placeholder={t(`letterFilter.${field}.example`)}
      spellCheck={false}
      autoComplete="off"
      onChange={({ target }) => setText(target.value)}
      onBlur={filter}
      onKeyDown={(event) => {
        if (event.key === 'Enter') filter();
      }}
    />
  );
}
