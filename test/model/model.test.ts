import { expect, test } from 'vitest';
import { explore } from './explore.ts';
import { MUTANTS } from './mutants.ts';
import { backordering, challenged, theModel } from './mutating.ts';
import { optionsFrom } from './options.ts';
import { exploreRefunds } from './refunds/explore.ts';
import { OF_REFUNDS, REFUND_MUTANTS } from './refunds/mutants.ts';

const ALONE = { orders: 1, units: 1, faults: 1 };

test('One order with one fault keeps every law, whatever the order of events', async () => {
  const { broken, worlds, atRest } = await explore(challenged(), ALONE);
  expect(broken).toBeUndefined();
  expect(worlds).toBeGreaterThan(atRest);
  expect(atRest).toBeGreaterThan(0);
});

test('Two orders for one unit keep every law, and are told the way to a broken one', async () => {
  const bounds = { orders: 2, units: 1, faults: 0 };
  expect((await explore(theModel(), bounds)).broken).toBeUndefined();
  const mutant = MUTANTS.find(({ name }) => name === 'stock is not counted before it is reserved')!;
  expect((await explore(mutant.model, bounds)).broken).toMatchObject({
    law: 'stock is never negative',
    way: ['OrderCreated arrives', 'OrderCreated arrives', 'ReserveInventory asks', 'ReserveInventory asks'],
  });
});

test('Two orders that wait for one unit keep every law, whether it comes, comes too late, or never does', async () => {
  expect((await explore(backordering(), { orders: 2, units: 1, faults: 0 })).broken).toBeUndefined();
});

test.each([
  'a refused address leaves the money held',
  'a decline is retried',
  'a payment that was not made in time stays open',
  'each attempt of a capture is a charge of its own',
  'a confirmation of a cancelled order is a defect',
  'a backorder is filled without a reservation',
  'a card is charged before the goods have come',
])('A saga in which %s breaks a law', async (name) => {
  const { model } = MUTANTS.find((mutant) => mutant.name === name)!;
  expect((await explore(model, ALONE)).broken).toBeDefined();
});

test('Mutants have names of their own', () => {
  expect(new Set(MUTANTS.map(({ name }) => name)).size).toBe(MUTANTS.length);
});

test('A refund that may fail later keeps every law, and is told the way to a broken one', async () => {
  const [alone] = OF_REFUNDS;
  const { broken, atRest } = await exploreRefunds(alone!);
  expect(broken).toBeUndefined();
  expect(atRest).toBeGreaterThan(0);
  const mutant = REFUND_MUTANTS['a refund that fails later is taken for one that was never made']!;
  expect((await exploreRefunds(alone!, mutant)).broken).toMatchObject({
    way: [
      'a refund is requested',
      'RefundRequested is consumed',
      'the bank of the customer sends a refund back',
      'the channel tells',
      'PaymentNotified is consumed',
    ],
  });
});

test('The number of faults is a small whole number', () => {
  expect(optionsFrom(['--alone', '1'])).toMatchObject({ alone: 1, competing: 1, mutants: true });
  expect(() => optionsFrom(['--competing', 'many'])).toThrow(/--competing is "many".*from 0 to 4/);
});
