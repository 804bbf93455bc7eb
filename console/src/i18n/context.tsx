import { createContext, useContext } from 'react';
import type { Money } from '../api/types.ts';
import { shownMoney, shownPart } from '../format/money.ts';
import { type Dictionary, filled, type Key, type Language, LOCALES, type Values } from './text.ts';

interface Words {
  readonly language: Language;
  /** For formats (BCP 47). */
  readonly locale: string;
  readonly t: (key: Key, values?: Values) => string;
  /** The words for a name of the API, such as a status; the name itself when there are none: a release of the API can know more than the console. */
  readonly name: (group: string, name: string) => string;
  readonly money: (money: Money) => string;
  /** @param part hundredths of a percent */
  readonly percent: (part: number) => string;
}

export function wordsOf(language: Language, dictionary: Dictionary): Words {
  const t = (key: Key, values: Values = {}) => filled(dictionary[key], values, language);
  return {
    language,
    locale: LOCALES[language],
    t,
    name: (group, name) => (dictionary as Readonly<Record<string, string>>)[`${group}.${name}`] ?? name,
    money: (money) => shownMoney(money, LOCALES[language]),
    percent: (part) => shownPart(part, LOCALES[language]),
  };
}

const WordsContext = createContext<Words | undefined>(undefined);
export const WordsProvider = WordsContext.Provider;

/** @throws Error outside of a `WordsProvider` */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('There is no WordsProvider around this component.');
  return words;
}
