import { Link } from 'wouter';
import type { DeadLetter } from '../api/types.ts';
import { useWords } from '../i18n/context.tsx';
import { Copyable, CopyButton, shortId } from '../ui/copyable.tsx';
import { LookNote } from '../ui/look.tsx';
import { Facts, Panel } from '../ui/panel.tsx';
import { When } from '../ui/time.tsx';
import { readableBody } from './filters.ts';
import { LetterBadge } from './letter-badge.tsx';
import { LetterCommands } from './letter-commands.tsx';
import { useLetter } from './use-letters.ts';

/** What a message says, why it could not be handled, and what was done about it. */
export default function LetterPage({ letterId }: { readonly letterId: string }) {
  const letter = useLetter(letterId);
  if (!letter.data) {
    return (
      <div className="page">
        <LookNote at={letter} rows={8} />
      </div>
    );
  }
  return (
    <div className="page">
      <Head letter={letter.data} />
      <div className="order-columns">
        <div className="order-story">
          <Failure letter={letter.data} />
          <Message letter={letter.data} />
        </div>
        <aside className="order-facts">
          <LetterFacts letter={letter.data} />
          <History letter={letter.data} />
        </aside>
      </div>
    </div>
  );
}

function Head({ letter }: { readonly letter: DeadLetter }) {
  const { t } = useWords();
  const { letterId, state, eventType, queue, orderId, filedAt } = letter;
  return (
    <header className="order-head">
      <div className="order-title">
        <h1>
          <span className="quiet">{t('letters.letter')}</span> {eventType ?? queue}
        </h1>
        <span aria-live="polite">
          <LetterBadge state={state} />
        </span>
      </div>
      <p className="order-under">
        {orderId !== undefined && (
          <Link href={`/orders/${orderId}`}>
            {t('order.title')} {shortId(orderId)}
          </Link>
        )}
        <span>
          {t('letters.filed')} <When iso={filedAt} />
        </span>
        <Copyable text={letterId} what={t('letters.letter')} />
      </p>
      <LetterCommands letter={letter} />
    </header>
  );
}

function Failure({
  letter: { kind, error, errorMessage, attempts, whyNotResend, state },
}: {
  readonly letter: DeadLetter;
}) {
  const { t } = useWords();
  return (
    <Panel title={t('letters.why')}>
      <div className="guidance">
        <p className="guidance-what">{t(`letterKind.${kind}`)}</p>
        {error === undefined ? (
          <p className="quiet">{t('letters.noError')}</p>
        ) : (
          <p className="letter-error">
            <code>{error}</code>
            {errorMessage !== undefined && <span>{errorMessage}</span>}
          </p>
        )}
        {attempts !== undefined && <p className="quiet">{t('letters.attempts', { n: attempts })}</p>}
        {whyNotResend !== undefined && (state === 'waiting' || state === 'failed_again') && (
          <p className="notice">{whyNotResend}</p>
        )}
        <p className="quiet">
          {t('tasks.runbook')}{' '}
          <code>docs/runbooks/{kind === 'stream' ? 'events-not-published' : 'dead-letter-queue'}.md</code>
        </p>
      </div>
    </Panel>
  );
}

function Message({ letter: { body } }: { readonly letter: DeadLetter }) {
  const { t } = useWords();
  const text = readableBody(body);
  return (
    <Panel title={t('letters.message')} aside={<CopyButton text={text} what={t('letters.message')} />}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre className="letter-body" tabIndex={0} aria-label={t('letters.message')} role="group">
        {text}
      </pre>
    </Panel>
  );
}

function LetterFacts({ letter }: { readonly letter: DeadLetter }) {
  const { t } = useWords();
  const { queue, sentAt, resends, eventId, orderId } = letter;
  return (
    <Panel title={t('tasks.facts')}>
      <Facts
        facts={[
          [
            t('letters.queue'),
            <Link key="queue" href={`/dead-letters?queue=${encodeURIComponent(queue)}`}>
              {queue}
            </Link>,
          ],
          [t('letters.sent'), <When key="sent" iso={sentAt} exact />],
          [t('letters.resends'), String(resends)],
          ...(eventId === undefined
            ? []
            : [[t('letters.event'), <Copyable key="event" text={eventId} short what={t('letters.event')} />] as const]),
          ...(orderId === undefined
            ? []
            : [[t('order.id'), <Copyable key="order" text={orderId} short what={t('order.id')} />] as const]),
        ]}
      />
    </Panel>
  );
}

function History({ letter: { history } }: { readonly letter: DeadLetter }) {
  const { t, name } = useWords();
  return (
    <Panel title={t('letters.history')}>
      <ol className="task-history">
        {history.toReversed().map(({ what, at, by, reason, error }) => (
          <li key={`${what}${at}`}>
            <strong>{name('letterEntry', what)}</strong>{' '}
            <span className="quiet">
              {by !== undefined && `${by} · `}
              <When iso={at} exact />
            </span>
            {error !== undefined && (
              <div>
                <code>{error}</code>
              </div>
            )}
            {reason !== undefined && <blockquote>{reason}</blockquote>}
          </li>
        ))}
      </ol>
    </Panel>
  );
}
