import * as z from 'zod';
import { type Contract, refused } from '../../../shared/http/contract.ts';
import { links, timestamp } from '../../../shared/http/fields.ts';
import { FORBIDDEN, INVALID_CURSOR, REQUEST_REFUSED } from '../../../shared/http/problems.ts';
import type { Tag } from '../../../shared/http/tags.ts';
import { SKU } from '../../../shared/kernel/ids.ts';
import { STOCK_MEANINGS, type StockEvent } from '../../domain/stock-events.ts';
import * as routes from '../../routes.ts';
import { STOCK_NOT_FOUND } from '../problems.ts';

const STOCK: Tag = { name: 'Stock', description: 'What there is of each article, and how it came about.' };

/** An article that the examples are about. Tests put another one in its place. */
export const ARTICLE = 'TEAPOT-1L';
const PATH = `/api/v1/stock/${ARTICLE}`;

const stockPath = z.object({ sku: z.string().regex(SKU) });
const units = z.int().min(0);
const stock = z
  .object({
    sku: z.string(),
    available: units.describe('Units that can be sold.'),
    reserved: units.describe('Units that are kept for orders.'),
    sold: units.describe('Units that have left, and did not come back.'),
    damaged: units.describe('Units that cannot be sold.'),
    received: units.describe('All of these together: what has arrived, with the corrections of counts.'),
    links: links('self', 'history'),
  })
  .meta({ id: 'Stock', description: 'The units of an article.' });

const event = z
  .object({
    version: z.int().min(1).describe('1 for the first event of the article, then without gaps.'),
    type: z.enum(Object.keys(STOCK_MEANINGS) as StockEvent['type'][]).describe(
      Object.entries(STOCK_MEANINGS)
        .map(([type, meaning]) => `- \`${type}\`: ${meaning}`)
        .join('\n'),
    ),
    occurredAt: timestamp,
    actor: z.object({ type: z.enum(['customer', 'operator', 'system']), id: z.string() }),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'StockEvent', description: 'A change of an article’s stock that no order has made. It never changes.' });

const LINKS = { self: PATH, history: `${PATH}/history` };
const shown = (counts: { available: number; damaged?: number; received: number }) => ({
  sku: ARTICLE,
  reserved: 0,
  sold: 0,
  damaged: 0,
  ...counts,
  links: LINKS,
});

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
    200: {
      description: 'The history.',
      schema: z
        .object({
          sku: z.string(),
          events: z.array(event),
          next: z.string().optional().describe('The `cursor` of the next page.'),
          links: links('self', 'stock'),
        })
        .meta({ id: 'StockHistory' }),
    },
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

const moveStock: Contract = {
  ...routes.moveStock,
  tag: STOCK,
  summary: 'Record that stock has changed',
  description:
    'Goods have arrived (`receipt`), a count has found more or fewer units (`correction`), or units cannot be sold any more (`damage`). Units that ' +
    'are reserved for orders stay reserved.',
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

export const STOCK_CONTRACTS: readonly Contract[] = [checkAvailability, getStock, getStockHistory, moveStock];
