import { describe, expect, it } from 'vitest';
import type { Stock } from '../../../console/src/api/types.ts';
import { en } from '../../../console/src/i18n/en.ts';
import {
  changesOf,
  DAMAGES,
  formOf,
  requestOf,
  STOCK_COMMANDS,
  STOCK_SCOPE,
  type StockCommand,
  type StockForm,
  USUAL_LOCATION,
} from '../../../console/src/stock/stock-commands.ts';
import { DAMAGE_REASONS, STOCK_MEANINGS } from '../../../functions/inventory/domain/stock-events.ts';
import { limitsRequest, movementRequest } from '../../../functions/inventory/http/stock-requests.ts';
import { moveStock, setStockLimits } from '../../../functions/inventory/routes.ts';
import { DEFAULT_LOCATION } from '../../../functions/shared/kernel/location.ts';

const counts = { forSale: 7, reserved: 2, sold: 1, damaged: 1, received: 14, safetyStock: 3 };
const stock = {
  sku: 'TEAPOT',
  available: 10,
  ...counts,
  lowStockThreshold: 4,
  locations: [{ location: 'main', active: true, available: 10, ...counts }],
} as unknown as Stock;
const filled = (more: Partial<StockForm>): StockForm => ({ ...formOf(stock), ...more });

const FILLED: Readonly<Record<StockCommand, StockForm>> = {
  receipt: filled({ quantity: '40', reference: 'PO-1' }),
  correction: filled({ quantity: '−2', reason: 'Counted.' }),
  damage: filled({ quantity: '3', damage: 'lost' }),
  transfer: filled({ quantity: '4', to: 'north' }),
  limits: filled({ safetyStock: '5', lowStockThreshold: '9', reason: 'Counts of it are often wrong.' }),
};

describe('the commands about stock that the console offers', () => {
  it('have the words of the API', () => {
    expect(DAMAGES).toEqual(DAMAGE_REASONS);
    expect(USUAL_LOCATION).toBe(DEFAULT_LOCATION);
    expect(Object.keys(STOCK_MEANINGS).filter((type) => !(`stockEvent.${type}` in en))).toEqual([]);
  });

  it.each(STOCK_COMMANDS)('%s is sent as its route takes it, by who may', (command) => {
    const { method, path, body } = requestOf(command, FILLED[command])!;
    const route = command === 'limits' ? setStockLimits : moveStock;
    expect(method).toBe(route.method);
    expect(`/stock/{sku}${path}`).toBe(route.path);
    expect(route.callers).toMatchObject({ operators: STOCK_SCOPE });
    const taken = (command === 'limits' ? limitsRequest : movementRequest).parse(body);
    expect(taken).toEqual(body);
  });

  it.each(STOCK_COMMANDS)('%s is not sent without what it needs', (command) => {
    expect(requestOf(command, { ...FILLED[command], quantity: '', reason: '' })).toBeUndefined();
  });

  it.each([
    ['receipt', { quantity: '0' }],
    ['receipt', { quantity: '-1' }],
    ['receipt', { quantity: '1.5' }],
    ['receipt', { quantity: 'ten' }],
    ['correction', { quantity: '0' }],
    ['transfer', { to: '' }],
    ['transfer', { to: 'main' }],
    ['limits', { safetyStock: '-1' }],
    ['limits', { lowStockThreshold: 'few' }],
  ] as const)('%s is not sent with %o', (command, more) => {
    expect(requestOf(command, { ...FILLED[command], ...more })).toBeUndefined();
  });

  it('limits without a threshold say none, so that nobody is told', () => {
    expect(requestOf('limits', { ...FILLED.limits, lowStockThreshold: ' ' })?.body).not.toHaveProperty(
      'lowStockThreshold',
    );
  });

  it.each([
    ['receipt', [['main', 'available', 10, 50]]],
    ['correction', [['main', 'available', 10, 8]]],
    [
      'damage',
      [
        ['main', 'available', 10, 7],
        ['main', 'damaged', 1, 4],
      ],
    ],
    [
      'transfer',
      [
        ['main', 'available', 10, 6],
        ['north', 'available', 0, 4],
      ],
    ],
    ['limits', [['main', 'safetyStock', 3, 5]]],
  ] as const)('%s shows the counts before it and after it', (command, expected) => {
    const shown = changesOf(requestOf(command, FILLED[command])!, stock);
    expect(shown.map(({ location, count, before, after }) => [location, count, before, after])).toEqual(expected);
  });

  it('begins with nothing for an article that never had stock', () => {
    const request = requestOf('receipt', { ...formOf(undefined), quantity: '5' })!;
    expect(changesOf(request, undefined)).toEqual([{ location: 'main', count: 'available', before: 0, after: 5 }]);
  });
});
