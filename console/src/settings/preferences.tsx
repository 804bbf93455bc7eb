import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { ZONES, type ZoneChoice, zoneOf } from '../format/time.ts';
import { WordsProvider, wordsOf } from '../i18n/context.tsx';
import { en } from '../i18n/en.ts';
import { type Dictionary, LANGUAGES, type Language, LOCALES } from '../i18n/text.ts';

interface Preferences {
  readonly language: Language;
  readonly setLanguage: (language: Language) => void;
  readonly zoneChoice: ZoneChoice;
  readonly setZoneChoice: (choice: ZoneChoice) => void;
  /** The IANA name of the zone whose clock times are shown on. */
  readonly zone: string;
}

const PreferencesContext = createContext<Preferences | undefined>(undefined);

/** @throws Error outside of a `PreferencesProvider` */
export function usePreferences(): Preferences {
  const preferences = useContext(PreferencesContext);
  if (!preferences) throw new Error('There is no PreferencesProvider around this component.');
  return preferences;
}

/** What the reader has chosen, kept in this browser. */
function useKept<Choice extends string>(name: string, choices: readonly Choice[], usual: Choice) {
  const [value, setValue] = useState<Choice>(() => {
    const kept = localStorage.getItem(name);
    return choices.find((choice) => choice === kept) ?? usual;
  });
  const keep = (choice: Choice) => {
    localStorage.setItem(name, choice);
    setValue(choice);
  };
  return [value, keep] as const;
}

const browserLanguage = (): Language => (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');

export function PreferencesProvider({
  shopZone,
  children,
}: {
  readonly shopZone: string;
  readonly children: ReactNode;
}) {
  const [language, setLanguage] = useKept('waybill-console-language', LANGUAGES, browserLanguage());
  const [zoneChoice, setZoneChoice] = useKept('waybill-console-zone', ZONES, 'mine');
  const [chinese, setChinese] = useState<Dictionary>();

  useEffect(() => {
    if (language === 'zh' && !chinese) void import('../i18n/zh.ts').then(({ zh }) => setChinese(zh));
  }, [language, chinese]);
  useEffect(() => {
    document.documentElement.lang = LOCALES[language];
  }, [language]);

  const dictionary = language === 'zh' ? chinese : en;
  const words = useMemo(() => dictionary && wordsOf(language, dictionary), [language, dictionary]);
  const zone = zoneOf(zoneChoice, shopZone);
  if (!words) return null;
  return (
    <PreferencesContext value={{ language, setLanguage, zoneChoice, setZoneChoice, zone }}>
      <WordsProvider value={words}>{children}</WordsProvider>
    </PreferencesContext>
  );
}
