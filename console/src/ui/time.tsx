import { useEffect, useState } from 'react';
import { shownDistance, shownTime } from '../format/time.ts';
import { useWords } from '../i18n/context.tsx';
import { usePreferences } from '../settings/preferences.tsx';

const TICK_MS = 15_000;

/** The present, which moves on a few times a minute while the tab is seen. */
export function useNow(everyMs = TICK_MS): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      if (!document.hidden) setNow(Date.now());
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

/** How long ago; the exact time with its zone when one points at it, and as ISO 8601 for programs. */
export function When({ iso, exact = false }: { readonly iso: string; readonly exact?: boolean }) {
  const { locale } = useWords();
  const { zone } = usePreferences();
  const now = useNow();
  const time = shownTime(iso, locale, zone);
  return (
    <time dateTime={iso} title={`${time} (${zone})`} className="time">
      {exact ? time : shownDistance(iso, now, locale)}
    </time>
  );
}
