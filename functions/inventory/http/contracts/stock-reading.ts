import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { INVALID_CURSOR } from '../../../shared/http/problems.ts';
import * as routes from '../../routes.ts';
import { STOCK_NOT_FOUND } from '../problems.ts';
import { ARTICLE, PATH, STOCK, shown, stock, stockHistory, stockList, stockPath, units } from './shown-stock.ts';

const checkAvailability: Contract = {
  ...routes.checkAvailability,
  tag: STOCK,
  summary: 'Ask how much of a cart there is',
  description: 'For all articles of a cart at once, at this moment. Nothing is reserved: only an order does that.',
  answers: {
    200: {
      description: 'What there is.',
      schema: z
        .object({
          complete: z.boolean().describe('Whether there is enough of every article.'),
          items: z.array(
            z.object({ sku: z.string(), quantity: z.int(), available: units.describe('At most `quantity`.') }),
          ),
        })
        .meta({ id: 'Availability' }),
    },
  },
  problems: [],
  examples: [
    {
      name: 'cart',
      summary: 'A cart of which there is not everything',
      body: {
        items: [
          { sku: 'TSHIRT', quantity: 2 },
          { sku: 'SOLD-OUT', quantity: 1 },
        ],
      },
      answer: {
        status: 200,
        body: {
          complete: false,
          items: [
            { sku: 'TSHIRT', quantity: 2, available: 2 },
            { sku: 'SOLD-OUT', quantity: 1, available: 0 },
          ],
        },
      },
    },
  ],
};

const getStock: Contract = {
  ...routes.getStock,
  tag: STOCK,
  summary: 'Read the stock of an article',
  description: 'How many units are available, reserved, sold and damaged, as of now.',
  pathParameters: stockPath,
  answers: { 200: { description: 'The stock.', schema: stock } },
  problems: [STOCK_NOT_FOUND],
  examples: [
    {
      name: 'stock',
      summary: 'An article of which forty units have arrived',
      given: 'an article with stock',
      path: { sku: ARTICLE },
      answer: { status: 200, body: shown({ available: 40, received: 40 }) },
    },
    {
      name: 'never-had-stock',
      summary: 'An article that never had stock',
      path: { sku: 'FLYING-CARPET' },
      answer: refused(
        STOCK_NOT_FOUND,
        'There never was stock of FLYING-CARPET. Its first movement has to be a receipt.',
        '/api/v1/stock/FLYING-CARPET',
      ),
    },
  ],
};

const getStockHistory: Contract = {
  ...routes.getStockHistory,
  tag: STOCK,
  summary: 'Read the history of an article’s stock',
  description:
    'What arrived, what was corrected, damaged and returned, oldest first, with who recorded it and why. What orders reserve and buy is in ' +
    'their own histories.',
  pathParameters: stockPath,
  answers: {
    200: { description: 'The history.', schema: stockHistory },
  },
  problems: [STOCK_NOT_FOUND, INVALID_CURSOR],
  examples: [
    {
      name: 'history',
      summary: 'An article of which forty units have arrived',
      given: 'an article with stock',
      path: { sku: ARTICLE },
      answer: {
        status: 200,
        body: {
          sku: ARTICLE,
          events: [
            {
              version: 1,
              type: 'StockReceived',
              occurredAt: '2026-01-31T12:00:00.640Z',
              actor: { type: 'operator', id: 'O1' },
              data: { quantity: 40, reference: 'PO-1024' },
            },
          ],
          links: { self: `${PATH}/history`, stock: PATH },
        },
      },
    },
  ],
};

const listStock: Contract = {
  ...routes.listStock,
  tag: STOCK,
  summary: 'List the articles of which there is little',
  description:
    'Those whose units for sale have come down to their threshold, by SKU. It is looked for each minute; `StockLow` tells of it on the bus, and ' +
    '`StockRecovered` when there is enough again.',
  answers: {
    200: { description: 'The articles.', schema: stockList },
  },
  problems: [INVALID_CURSOR],
  examples: [
    {
      name: 'low',
      summary: 'There is enough of everything',
      query: { low: 'true', limit: '2' },
      answer: { status: 200, body: { items: [], links: { self: '/api/v1/stock' } } },
    },
  ],
};

export const STOCK_READING_CONTRACTS: readonly Contract[] = [checkAvailability, getStock, listStock, getStockHistory];
