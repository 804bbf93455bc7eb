import { useWords } from '../i18n/context.tsx';
import { Facts } from '../ui/panel.tsx';
import { When } from '../ui/time.tsx';
import type { StateView } from './states.ts';

/** Why the order is where it is: on whom it waits, until when, and what then. */
export function StateDetail({ view }: { readonly view: StateView }) {
  const { t, name } = useWords();
  const { state, progress, delay, error, events } = view;
  const after = state.caught.filter(({ errors, next }) => errors.includes('States.Timeout') && next !== state.name);
  const then = state.waits ? after.map(({ next }) => name('step', next)).join(', ') : '';
  return (
    <div className="state-detail" aria-live="polite">
      <h3>
        {name('step', state.name)} <span className="quiet">{t(`progress.${progress}`)}</span>
      </h3>
      <Facts
        facts={[
          ...(delay
            ? [
                [
                  t(progress === 'waiting' ? 'saga.waitsFor' : 'saga.waitedFor'),
                  name('partner', delay.partner),
                ] as const,
                [t('saga.since'), <When key="since" iso={delay.since} exact />] as const,
                [t('saga.until'), <When key="until" iso={delay.until} exact />] as const,
                [t('saga.lastError'), <code key="error">{delay.error}</code>] as const,
              ]
            : []),
          ...(error === undefined ? [] : [[t('saga.error'), name('reason', error)] as const]),
          ...(then === '' ? [] : [[t('saga.then'), then] as const]),
          ...events.map(
            (event) => [name('event', event.type), <When key={event.eventId} iso={event.occurredAt} exact />] as const,
          ),
        ]}
      />
      {!delay && error === undefined && events.length === 0 && (
        <p className="quiet">{t(`saga.nothing.${progress === 'running' ? 'yet' : 'ever'}`)}</p>
      )}
    </div>
  );
}
