import { describe, expect, test } from 'vitest';
import { ASSUMPTIONS, assumed } from '../../../../launch/cost/assumptions.ts';
import { billOf, type Reading, totalOf, withMemory } from '../../../../launch/cost/bill.ts';

/** Of ten orders. */
const READING: Reading = {
  'states.transitions': { saga: 70 },
  'lambda.invocations': { small: 10, large: 10 },
  'lambda.billedMs': { small: 300, large: 100 },
  'lambda.gbSeconds': { small: 0.15, large: 0.2 },
  'lambda.durationMs': { small: 290, large: 90 },
  'lambda.processorMs': { small: 90, large: 40 },
  'apigateway.requests': { api: 20 },
  'lambda.logBytes': { small: 10_000 },
};
const USED = { orders: 10, reading: READING, partnerCalls: 30, storedBytes: 200_000 };
const lineOf = (what: string, changes = {}) =>
  billOf(USED, assumed(changes)).find((line) => line.what === what) ?? expect.fail(`There is no line "${what}".`);

describe('The bill of a thousand orders', () => {
  test('prices what was metered, for one order and for a thousand', () => {
    expect(lineOf('state transitions')).toMatchObject({ units: 7, dollars: expect.closeTo(0.175) as number });
  });

  test('has functions work with the processor that belongs to their memory, and never with more than a whole one', () => {
    // 90 ms at 512 of 1,769 MB, half a gigabyte; 40 ms at a whole processor, two gigabytes.
    const expected = (0.09 * 0.5) / (512 / 1_769) + 0.04 * 2;
    expect(lineOf('GB-seconds of functions that work').units).toBeCloseTo(expected / 10);
    expect(lineOf('GB-seconds of functions that work', { processorFactor: 2 }).units).toBeCloseTo(expected / 5);
  });

  test('takes what is no work for waiting, which is longer on AWS', () => {
    expect(lineOf('GB-seconds of functions that wait for AWS', { waitingFactor: 3 }).units).toBeCloseTo(
      (3 * (0.2 * 0.5 + 0.05 * 2)) / 10,
    );
  });

  test('has functions wait for partners as long as real ones take', () => {
    expect(lineOf('GB-seconds of functions that wait for partners', { partnerSeconds: 0.8 }).units).toBeCloseTo(1.2);
  });

  test('counts what the API logs beside functions, and what tables grow by', () => {
    expect(lineOf('bytes of logs', { accessLogBytes: 500 }).units).toBe(2_000);
    expect(lineOf('bytes in tables, for a month')).toMatchObject({ units: 20_000 });
  });

  test('begins with what costs most, and has a sum', () => {
    const bill = billOf(USED, assumed());
    expect(bill.map(({ dollars }) => dollars)).toEqual(bill.map(({ dollars }) => dollars).sort((a, b) => b - a));
    expect(totalOf(bill)).toBeCloseTo(bill.reduce((sum, { dollars }) => sum + dollars, 0));
  });

  test('shows what other memory would cost: the same work until a function has a whole processor, and dearer waiting', () => {
    const GB_SECONDS = 'GB-seconds of functions that ';
    const dollars = (megabytes: number, what: string) =>
      billOf(withMemory(USED, megabytes), assumed()).find((line) => line.what === `${GB_SECONDS}${what}`)!.dollars;
    expect(dollars(256, 'work')).toBeCloseTo(dollars(512, 'work'));
    expect(dollars(3_538, 'work')).toBeCloseTo(2 * dollars(1_769, 'work'));
    for (const what of ['wait for AWS', 'wait for partners']) {
      expect(dollars(256, what)).toBeCloseTo(dollars(512, what) / 2);
    }
  });

  test('depends on every assumption', () => {
    const total = (changes = {}) => totalOf(billOf(USED, assumed(changes)));
    for (const [name, { range }] of Object.entries(ASSUMPTIONS)) {
      expect(total({ [name]: range[1] }), name).toBeGreaterThan(total({ [name]: range[0] }));
    }
  });
});
