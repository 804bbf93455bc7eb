import { type Contract, refused } from '../../../shared/http/contract.ts';
import { FORBIDDEN, REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { STOCK_NOT_FOUND } from '../problems.ts';
import { ARTICLE, PATH, STOCK, shown, stock, stockPath } from './shown-stock.ts';

const noLocationNorth = (path: string) =>
  refused(
    REQUEST_REFUSED,
    'The shop has no location north; expected one of: main. They are in the setting inventory.locations.',
    path,
  );

const moveStock: Contract = {
  ...routes.moveStock,
  tag: STOCK,
  summary: 'Record that stock has changed',
  description:
    'Goods have arrived (`receipt`), a count has found more or fewer units (`correction`), units cannot be sold any more (`damage`), or they went to ' +
    'another location (`transfer`). Without a `location` it is at `main`; the setting `inventory.locations` names all. Units that are reserved for ' +
    'orders stay reserved.',
  pathParameters: stockPath,
  answers: { 201: { description: 'The stock afterwards.', schema: stock } },
  problems: [STOCK_NOT_FOUND, REQUEST_REFUSED],
  examples: [
    {
      name: 'receipt',
      summary: 'Goods have arrived',
      given: 'no stock',
      path: { sku: ARTICLE },
      body: { type: 'receipt', quantity: 40, reference: 'PO-1024' },
      answer: { status: 201, body: shown({ available: 40, received: 40 }) },
    },
    {
      name: 'correction',
      summary: 'A count has found two units fewer',
      given: 'an article with stock',
      path: { sku: ARTICLE },
      body: { type: 'correction', quantity: -2, reason: 'Counted on 31 January.' },
      answer: { status: 201, body: shown({ available: 38, received: 38 }) },
    },
    {
      name: 'damage',
      summary: 'Three units are broken',
      given: 'an article with stock',
      path: { sku: ARTICLE },
      body: { type: 'damage', quantity: 3, reason: 'damaged' },
      answer: { status: 201, body: shown({ available: 37, damaged: 3, received: 40 }) },
    },
    {
      name: 'unknown-location',
      summary: 'A transfer to a location that the shop does not have',
      given: 'an article with stock',
      path: { sku: ARTICLE },
      body: { type: 'transfer', quantity: 10, from: 'main', to: 'north' },
      answer: noLocationNorth(`${PATH}/movements`),
    },
    {
      name: 'more-than-there-is',
      summary: 'More units than are available',
      given: 'an article with stock',
      path: { sku: ARTICLE },
      body: { type: 'damage', quantity: 41, reason: 'lost' },
      answer: refused(
        REQUEST_REFUSED,
        `Of ${ARTICLE}, 40 units are available; expected at least as many as are to go.`,
        `${PATH}/movements`,
      ),
    },
    {
      name: 'for-operators',
      summary: 'A customer as the caller',
      by: 'a customer',
      path: { sku: ARTICLE },
      body: { type: 'receipt', quantity: 40 },
      answer: refused(FORBIDDEN, 'This is for operators.', `${PATH}/movements`),
    },
  ],
};

const setStockLimits: Contract = {
  ...routes.setStockLimits,
  tag: STOCK,
  summary: 'Set the limits of an article',
  description:
    'How many units are kept from orders at a location (`safetyStock`), and when people are told that few are left at all locations together ' +
    '(`lowStockThreshold`; left out: they are not told, or as before when a `location` is named). What is reserved stays reserved, also when less is left than the safety stock.',
  pathParameters: stockPath,
  answers: { 200: { description: 'The stock with its limits.', schema: stock } },
  problems: [STOCK_NOT_FOUND, REQUEST_REFUSED],
  examples: [
    {
      name: 'limits',
      summary: 'Five units are kept, and people are told at ten',
      given: 'an article with stock',
      path: { sku: ARTICLE },
      body: { safetyStock: 5, lowStockThreshold: 10, reason: 'Counts of it are often wrong.' },
      answer: {
        status: 200,
        body: {
          ...shown({ available: 40, received: 40, safetyStock: 5 }),
          lowStockThreshold: 10,
          low: false,
        },
      },
    },
    {
      name: 'limits-elsewhere',
      summary: 'A location that the shop does not have',
      given: 'an article with stock',
      path: { sku: ARTICLE },
      body: { location: 'north', safetyStock: 5, reason: 'Counts of it are often wrong.' },
      answer: noLocationNorth(`${PATH}/limits`),
    },
  ],
};

export const STOCK_CHANGE_CONTRACTS: readonly Contract[] = [moveStock, setStockLimits];
