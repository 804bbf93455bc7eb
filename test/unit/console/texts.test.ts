import { describe, expect, it } from 'vitest';
import { en } from '../../../console/src/i18n/en.ts';
import { filled } from '../../../console/src/i18n/text.ts';
import { zh } from '../../../console/src/i18n/zh.ts';
import { MILESTONES } from '../../../functions/orders/domain/milestones.ts';
import { ORDER_EVENT_MEANINGS } from '../../../functions/published/order-event-meanings.ts';
import { CANCELLATION_REASONS, ORDER_STATUSES, PAYMENT_METHODS } from '../../../functions/published/order-events.ts';
import { SAGA_STEPS } from '../../../functions/recovery/domain/event-data.ts';
import { PARTNERS_TO_WAIT_FOR } from '../../../functions/recovery/domain/waiting-step.ts';

const namesIn = (text: string) => [...text.matchAll(/\{(\w+)/g)].map(([, name]) => name).toSorted();

describe('the texts of the console', () => {
  it('have the same keys in both languages, and none is empty', () => {
    expect(Object.keys(zh).toSorted()).toEqual(Object.keys(en).toSorted());
    expect(Object.entries({ ...en, ...zh }).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('name the same values in both languages', () => {
    const differing = Object.entries(en).filter(
      ([key, text]) =>
        namesIn(text)
          .filter((name, at, all) => all.indexOf(name) === at)
          .join() !==
        namesIn(zh[key as keyof typeof en])
          .filter((name, at, all) => all.indexOf(name) === at)
          .join(),
    );
    expect(differing).toEqual([]);
  });

  it.each([
    ['status', ORDER_STATUSES],
    ['milestone', MILESTONES],
    ['reason', CANCELLATION_REASONS],
    ['method', PAYMENT_METHODS],
    ['event', Object.keys(ORDER_EVENT_MEANINGS)],
    ['step', SAGA_STEPS],
    ['partner', PARTNERS_TO_WAIT_FOR],
  ])('have words for every %s of the API', (group, names) => {
    expect(names.filter((name) => !(`${group}.${name}` in en))).toEqual([]);
  });

  it('put in values, and the word that goes with a number', () => {
    const text = '{n} {n|order|orders} of {name}';
    expect(filled(text, { n: 1, name: 'Li' }, 'en')).toBe('1 order of Li');
    expect(filled(text, { n: 0, name: 'Li' }, 'en')).toBe('0 orders of Li');
    expect(filled('{n|one|many}', { n: 1 }, 'zh')).toBe('many');
    expect(filled('{unknown}', {}, 'en')).toBe('{unknown}');
  });
});
