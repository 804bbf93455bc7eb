/** Makes the words of a message. Pure: the same message in the same language is the same text. */

import type { Language } from '../../published/order-events.ts';
import { decimalOf, exponentOf, type Money } from '../../shared/kernel/money.ts';
import { millisecondsOf } from '../../shared/kernel/time.ts';
import type { Message, NamedUnits, Values } from './message.ts';
import { CHINESE } from './templates/chinese.ts';
import { ENGLISH } from './templates/english.ts';
import type { LanguageSet, TemplateId, Vocabulary } from './templates/template.ts';

/** By language. */
export const LANGUAGE_SETS: Readonly<Record<Language, LanguageSet>> = { en: ENGLISH, zh: CHINESE };

/** What the shop has every message written with. */
export interface Style {
  readonly language: Language;
  /** The shop's, as IANA names it. */
  readonly timeZone: string;
}

export interface Rendered {
  readonly templateVersion: number;
  readonly language: Language;
  /** One line. */
  readonly subject: string;
  /** A paragraph a line. */
  readonly text: string;
  /** The paragraphs as an HTML document that loads nothing. Whatever the values hold is escaped. */
  readonly html: string;
}

/** Placeholders and the words for them. */
export type Words = Readonly<Partial<Record<string, string>>>;

export const render = ({ template, values }: Message, style: Style): Rendered =>
  renderWords(template, wordsOf(values, template, style), style.language);

/** As `render`, for words that somebody else has chosen. */
export function renderWords(id: TemplateId, words: Words, language: Language): Rendered {
  const template = LANGUAGE_SETS[language].templates[id];
  const subject = filled(template.subject, words) ?? template.subject;
  const paragraphs = template.paragraphs.flatMap((paragraph) => filled(paragraph, words) ?? []);
  const html = documentOf(language, subject, paragraphs);
  return { templateVersion: template.version, language, subject, text: paragraphs.join('\n'), html };
}

/** The names that a template can be filled in with. */
export function placeholdersOf(id: TemplateId, language: Language): string[] {
  const { subject, paragraphs } = LANGUAGE_SETS[language].templates[id];
  return [
    ...new Set([subject, ...paragraphs].flatMap((text) => [...text.matchAll(PLACEHOLDER)].map(([, name]) => name!))),
  ];
}

const PLACEHOLDER = /\{(\w+)\}/g;

/** Undefined when a value is not there. */
function filled(text: string, words: Words): string | undefined {
  const names = [...text.matchAll(PLACEHOLDER)].map(([, name]) => name!);
  if (names.some((name) => words[name] === undefined)) return undefined;
  return text.replaceAll(PLACEHOLDER, (_, name: string) => words[name]!);
}

export function wordsOf(values: Values, template: TemplateId, { language, timeZone }: Style): Words {
  const { words } = LANGUAGE_SETS[language];
  const units = (list: readonly NamedUnits[]) => list.map(inUnits).join(words.comma);
  const { rejected, until, reason, refundDelayed } = values;
  return {
    orderId: values.orderId,
    ...mapped(values, ['total', 'amount', 'restockingFee'], (money) => inMoney(money, language)),
    ...mapped(values, ['items', 'awaited', 'removed', 'returned', 'accepted', 'withdrawn', 'expired'], units),
    ...mapped(values, ['carrier', 'trackingNumber', 'returnId'], (text) => text),
    ...mapped(values, ['trackingNumbers'], (numbers) => numbers.join(words.comma)),
    ...mapped(values, ['parcels'], String),
    ...mapped(values, ['restockingFeeBasisPoints'], (part) => inPercent(part, language)),
    ...(rejected ? { rejected: rejected.map((each) => inRejected(each, words)).join(words.comma) } : {}),
    ...(until ? { until: inTime(until, language, timeZone) } : {}),
    ...(reason ? { reason: words.cancellation[reason] } : {}),
    ...(template === 'order-cancelled' ? { money: refundDelayed ? words.refundDelayed : words.nothingToPay } : {}),
  };
}

/** The words for those of the values that are there. */
function mapped<Name extends keyof Values>(
  values: Values,
  names: readonly Name[],
  inWords: (value: NonNullable<Values[Name]>) => string,
): Words {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, inWords(value)]];
    }),
  );
}

const inUnits = ({ sku, name, quantity }: NamedUnits): string => `${quantity} × ${name ?? sku}`;

const inRejected = (units: NonNullable<Values['rejected']>[number], { rejection, because }: Vocabulary): string =>
  `${inUnits(units)}${because[0]}${rejection[units.reason]}${because[1]}`;

/** Exact. @param part hundredths of a percent */
export const inPercent = (part: number, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(part / 10_000);

/** Exact: the number is formatted from its digits. Decimals are ISO 4217's, of which CLDR drops some. */
export function inMoney(money: Money, language: Language): string {
  const digits = exponentOf(money.currency);
  const format = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: money.currency,
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return format.format(decimalOf(money) as `${number}`);
}

/** The minute in the shop's zone, with the zone: the customer may be in another. */
export const inTime = (iso: string, language: Language, timeZone: string): string =>
  new Intl.DateTimeFormat(language, {
    timeZone,
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  }).format(millisecondsOf(iso));

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ESCAPED[character]!);

function documentOf(language: Language, subject: string, paragraphs: readonly string[]): string {
  const body = paragraphs.map((paragraph) => `<p>${escaped(paragraph)}</p>`).join('\n');
  return [
    `<!doctype html>`,
    `<html lang="${language}">`,
    `<head><meta charset="utf-8"><title>${escaped(subject)}</title></head>`,
    `<body>\n${body}\n</body>`,
    `</html>`,
  ].join('\n');
}
