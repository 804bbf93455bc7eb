import { describe, expect, test } from 'vitest';
import { milestoneRows } from '../../../console/src/order/milestone-rows.ts';

const [EARLY, PROMISED, LATER] = ['2026-02-01T12:00:00.000Z', '2026-02-03T12:00:00.000Z', '2026-02-05T12:00:00.000Z'];
const promised = { promisedAt: PROMISED, expectedAt: PROMISED };

describe('The milestones on the page of an order', () => {
  test.each([
    ['met in time: when', { ...promised, metAt: EARLY, late: false }, { state: 'met', metAt: EARLY }],
    [
      'met late: when, and by when it was promised',
      { ...promised, metAt: LATER, late: true },
      { state: 'met_late', metAt: LATER, promisedAt: PROMISED },
    ],
    ['met without a promise: when', { metAt: EARLY, late: false }, { state: 'met', metAt: EARLY }],
    ['to come as promised: by when', { ...promised, late: false }, { state: 'to_come', expectedAt: PROMISED }],
    [
      'to come at another time than was promised: both',
      { promisedAt: PROMISED, expectedAt: LATER, late: false },
      { state: 'to_come', expectedAt: LATER, promisedAt: PROMISED },
    ],
    ['to come without a promise', { late: false }, { state: 'to_come' }],
    ['late, and nothing newer is known', { ...promised, late: true }, { state: 'late', promisedAt: PROMISED }],
    [
      'late, and expected at a later time',
      { promisedAt: PROMISED, expectedAt: LATER, late: true },
      { state: 'late', expectedAt: LATER, promisedAt: PROMISED },
    ],
  ])('say of one that is %s', (_, milestone, row) => {
    expect(milestoneRows([{ name: 'shipped', ...milestone }])).toEqual([{ name: 'shipped', ...row }]);
  });
});
