import { useState } from 'react';
import type { OrderEvent } from '../api/types.ts';
import { shownClock, shownDay, shownLength } from '../format/time.ts';
import { useWords } from '../i18n/context.tsx';
import { usePreferences } from '../settings/preferences.tsx';
import { Copyable } from '../ui/copyable.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import { EventData } from './event-data.tsx';
import { type Entry, entriesOf, type Lane } from './timeline-entries.ts';

const ICONS: Readonly<Record<Lane, IconName>> = { customer: 'person', operator: 'hand', partner: 'truck', saga: 'run' };

/** What a partner did is shown by what it was about. */
const iconOf = ({ type }: OrderEvent, lane: Lane): IconName =>
  lane === 'partner' && !type.startsWith('Shipment') ? 'card' : ICONS[lane];

interface TimelineProps {
  /** Oldest first. */
  readonly events: readonly OrderEvent[];
  /** The state of the saga that is chosen, whose events are marked. */
  readonly chosen: string | undefined;
  readonly onChoose: (state: string | undefined) => void;
}

/** What has happened to the order, who caused it and why: the newest first, by days. */
export function Timeline({ events, chosen, onChoose }: TimelineProps) {
  const { t, locale } = useWords();
  const { zone } = usePreferences();
  const entries = entriesOf(events).toReversed();
  const days = Map.groupBy(entries, ({ event }) => shownDay(event.occurredAt, locale, zone));
  return (
    <div className="timeline" aria-label={t('timeline.label')}>
      {[...days].map(([day, ofDay]) => (
        <section key={day}>
          <h3>{day}</h3>
          <ol>
            {ofDay.map((entry) => (
              <TimelineEntry
                key={entry.event.eventId}
                entry={entry}
                isChosen={chosen !== undefined && chosen === entry.event.actor.id}
                onChoose={onChoose}
              />
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

interface EntryProps {
  readonly entry: Entry;
  readonly isChosen: boolean;
  readonly onChoose: (state: string | undefined) => void;
}

function TimelineEntry({ entry, isChosen, onChoose }: EntryProps) {
  const { t, name, locale } = useWords();
  const { zone } = usePreferences();
  const [open, setOpen] = useState(false);
  const { event, lane, afterMs, cause } = entry;
  const clock = shownClock(event.occurredAt, locale, zone);
  return (
    <li className={`entry lane-${lane}${isChosen ? ' is-chosen' : ''}`}>
      <span className="entry-sign" title={t(`lane.${lane}`)}>
        <Icon name={iconOf(event, lane)} size={12} />
      </span>
      <button type="button" className="entry-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <strong>{name('event', event.type)}</strong>
        <span className="entry-time">
          {afterMs !== undefined && <span className="quiet">+{shownLength(afterMs, locale)}</span>}
          <time dateTime={event.occurredAt} title={`${event.occurredAt} · ${zone}`}>
            {clock}
          </time>
        </span>
      </button>
      <div className="entry-line">
        <span className="visually-hidden">{t(`lane.${lane}`)}: </span>
        {event.actor.type === 'system' ? (
          <button type="button" className="plain-link" onClick={() => onChoose(isChosen ? undefined : event.actor.id)}>
            {name('step', event.actor.id)}
          </button>
        ) : (
          <span>
            {t(`lane.${lane}`)} {event.actor.id}
          </span>
        )}
        <EventData event={event} />
      </div>
      {open && (
        <div className="entry-more">
          {cause && (
            <p>
              {t('timeline.cause')} <strong>{name('event', cause.type)}</strong> (#{cause.version})
            </p>
          )}
          <p>
            <span className="quiet">#{event.version}</span>{' '}
            <Copyable text={event.correlationId} what={t('problem.correlation')} />{' '}
            <Copyable text={event.eventId} short what={t('timeline.eventId')} />
          </p>
          <pre>{JSON.stringify(event.data, undefined, 2)}</pre>
        </div>
      )}
    </li>
  );
}
