/** A handful of the cases of `npm run fault-test`, with fewer orders. */
import { expect, test } from 'vitest';
import { CASES } from '../fault/cases.ts';
import { isClean } from '../fault/outcome.ts';
import { describeOutcome } from '../fault/report.ts';
import { runVirtualCase } from '../fault/virtual/run-virtual.ts';

const SEED = 1;
const ORDERS = 42;

test.each([
  'virtual-gateway-refuses-600s-3-kills',
  'virtual-carrier-loses-answers-60s',
  'virtual-partners-hangs-60s-3-kills',
  'virtual-partners-garbles-10s',
  'virtual-database-killed-60s',
  'virtual-database-hangs-10s-3-kills',
])('%s costs no order, no task over nothing, no money and no stock', async (name) => {
  const given = CASES.find((one) => one.name === name)!;
  const outcome = await runVirtualCase(given, SEED, ORDERS);
  expect(outcome.orders).toBe(ORDERS);
  expect(isClean(outcome) ? '' : describeOutcome(outcome)).toBe('');
});

test('the calls that a partner gets while it is away do not grow with the orders that wait for it', async () => {
  const given = CASES.find(({ name }) => name === 'virtual-gateway-refuses-600s')!;
  const [few, many] = [await runVirtualCase(given, SEED, 40), await runVirtualCase(given, SEED, 160)];
  // Two probes each half minute, with one more try and with a repetition by the state machine each, and what was under way at first.
  const most = (given.seconds / 30) * 2 * 3 + 30;
  expect(few.callsWhileDown).toBeLessThan(most);
  expect(many.callsWhileDown).toBeLessThan(most);
});
