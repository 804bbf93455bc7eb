import { describe, expect, test } from 'vitest';
import { affectedBy, isSource } from '../../../../launch/dev/affected.ts';

const sources = {
  ofFunctions: {
    'orders/create-order': ['functions/orders/create-order.ts', 'functions/orders/adapters/countries.ts'],
    'orders/get-order': ['functions/orders/get-order.ts', 'functions/shared/kernel/money.ts'],
  },
  ofStacks: new Set(['bin/app.ts', 'functions/orders/routes.ts']),
};
const nothing = { stacks: false, functions: [], program: [] };

describe('A changed file', () => {
  test.each([
    ['functions/shared/kernel/money.ts', { ...nothing, functions: ['orders/get-order'] }],
    ['functions/orders/adapters/countries.json', { ...nothing, functions: ['orders/create-order'] }],
    ['functions/orders/routes.ts', { ...nothing, stacks: true }],
    ['functions/orders/new-and-not-imported.ts', nothing],
    ['statemachines/order-saga/definition.asl.json', { ...nothing, stacks: true }],
    ['lib/contexts/orders.ts', { ...nothing, stacks: true }],
    ['bin/app.ts', { ...nothing, stacks: true }],
    ['cdk.json', { ...nothing, stacks: true }],
    ['local/boot.ts', { ...nothing, program: ['local/boot.ts'] }],
    ['package-lock.json', { ...nothing, program: ['package-lock.json'] }],
  ])('%s concerns what it is a part of', (file, affected) => {
    expect(affectedBy([file], sources)).toEqual(affected);
  });
});

test.each([
  ['functions/orders/create-order.ts', true],
  ['statemachines/order-saga/definition.asl.json', true],
  ['statemachines/order-saga/README.md', false],
  ['functions/orders/.create-order.ts.swp', false],
  ['functions/orders/create-order.ts~', false],
  ['functions/orders', false],
])('Whether %s is a source: %s', (file, answer) => {
  expect(isSource(file)).toBe(answer);
});
