import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exampleOf } from '../../../../functions/notifications/domain/examples.ts';
import {
  inMoney,
  inTime,
  LANGUAGE_SETS,
  placeholdersOf,
  render,
  renderWords,
} from '../../../../functions/notifications/domain/render.ts';
import { TEMPLATE_IDS } from '../../../../functions/notifications/domain/templates/template.ts';
import { LANGUAGES } from '../../../../functions/published/order-events.ts';
import { money } from '../../../../functions/shared/kernel/money.ts';

const EVERY = TEMPLATE_IDS.flatMap((template) => LANGUAGES.map((language) => [template, language] as const));

describe.each(EVERY)('The template %s in %s', (template, language) => {
  test('has words for everything that its example tells', () => {
    const rendered = render({ template, values: exampleOf(template) }, { language, timeZone: 'Asia/Shanghai' });
    const { paragraphs } = LANGUAGE_SETS[language].templates[template];
    expect(rendered.text.split('\n')).toHaveLength(paragraphs.length);
    expect(rendered.subject + rendered.text + rendered.html).not.toMatch(/[{}]|undefined|\[object/);
    expect(rendered.html).toContain(`<html lang="${language}">`);
  });

  test('names what it names in the other languages', () => {
    for (const other of LANGUAGES) {
      expect(placeholdersOf(template, other).sort()).toEqual(placeholdersOf(template, language).sort());
    }
  });

  test('is HTML that holds no more than its words, whatever they are', () => {
    const bare = (html: string) =>
      html.replaceAll(/<\/?(html|head|meta|title|body|p)( [\w-]+="[\w-]+")*>|<!doctype html>/g, '');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (word) => {
        const words = Object.fromEntries(placeholdersOf(template, language).map((name) => [name, word]));
        expect(bare(renderWords(template, words, language).html)).not.toMatch(/[<>"']/);
      }),
      { numRuns: 25 },
    );
  });
});

describe('Words', () => {
  test.each([
    [money(8_800, 'CNY'), 'CN¥88.00', '¥88.00'],
    [money(500, 'JPY'), '¥500', 'JP¥500'],
    [money(50, 'KWD'), 'KWD 0.050', 'KWD 0.050'],
    [money(123_456_789, 'ISK'), 'ISK 123,456,789', 'ISK 123,456,789'],
    [money(9_007_199_254_740_991, 'USD'), '$90,071,992,547,409.91', 'US$90,071,992,547,409.91'],
  ])('say %o to the last minor unit', (amount, english, chinese) => {
    const plain = (text: string) => text.replaceAll('\u00a0', ' ');
    expect([inMoney(amount, 'en'), inMoney(amount, 'zh')].map(plain)).toEqual([english, chinese]);
  });

  test('say a time in the shop’s zone, with the zone', () => {
    expect(inTime('2026-03-01T17:05:00.000Z', 'en', 'Asia/Shanghai')).toBe('March 2, 2026 at 01:05 GMT+8');
    expect(inTime('2026-03-01T17:05:00.000Z', 'zh', 'UTC')).toBe('2026年3月1日 UTC 17:05');
  });
});
