import type { en } from './en.ts';

export const LANGUAGES = ['en', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Key = keyof typeof en;
export type Dictionary = Readonly<Record<Key, string>>;
export type Values = Readonly<Record<string, string | number>>;

/** For formats of numbers and times (BCP 47). */
export const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', zh: 'zh-CN' };

/**
 * The text with its values in place of `{names}`. `{n|order|orders}` is the word that goes with the number: its last form is for all but the
 * first kinds of numbers that the language tells apart (`Intl.PluralRules`), of which English has one and Chinese none.
 */
export function filled(text: string, values: Values, language: Language): string {
  return text.replace(/\{(\w+)(?:\|([^}]*))?\}/g, (whole, name: string, forms: string | undefined) => {
    const value = values[name];
    if (value === undefined) return whole;
    if (forms === undefined) return String(value);
    const words = forms.split('|');
    const isOne = new Intl.PluralRules(LOCALES[language]).select(Number(value)) === 'one';
    return (isOne ? words[0] : words.at(-1)) ?? whole;
  });
}
