/** What an operator can record about an article's stock, as the API takes it, and what it will do. */
import type { Stock } from '../api/types.ts';

export const STOCK_COMMANDS = ['receipt', 'correction', 'damage', 'transfer', 'limits'] as const;
export type StockCommand = (typeof STOCK_COMMANDS)[number];

/** Needed for each of them. */
export const STOCK_SCOPE = 'stock:write';

/** Why units cannot be sold any more. */
export const DAMAGES = ['damaged', 'expired', 'lost', 'other'] as const;

/** Where stock is when nobody says where. */
export const USUAL_LOCATION = 'main';

/** What a reader has filled in, as typed. */
export interface StockForm {
  /** Units; of a correction with its sign. */
  readonly quantity: string;
  readonly location: string;
  /** Of a transfer: where the units go. */
  readonly to: string;
  readonly reference: string;
  readonly reason: string;
  readonly damage: (typeof DAMAGES)[number];
  readonly safetyStock: string;
  /** Empty when nobody is to be told. */
  readonly lowStockThreshold: string;
}

/** The form of an article, with the limits as they are. */
export const formOf = (stock: Stock | undefined): StockForm => ({
  quantity: '',
  location: USUAL_LOCATION,
  to: '',
  reference: '',
  reason: '',
  damage: 'damaged',
  safetyStock: String(countsAt(stock, USUAL_LOCATION).safetyStock),
  lowStockThreshold: stock?.lowStockThreshold === undefined ? '' : String(stock.lowStockThreshold),
});

export interface StockRequest {
  readonly method: 'POST' | 'PUT';
  /** Below the path of the article. */
  readonly path: '/movements' | '/limits';
  readonly body: Readonly<Record<string, unknown>>;
}

/** A whole number with its sign; undefined for any other text. */
function wholeNumberIn(text: string): number | undefined {
  const typed = text.trim().replace('−', '-');
  return /^[+-]?\d{1,7}$/.test(typed) ? Number(typed) : undefined;
}

const positiveIn = (text: string) => atLeast(1, wholeNumberIn(text));
const notNegativeIn = (text: string) => atLeast(0, wholeNumberIn(text));
const atLeast = (least: number, number: number | undefined) =>
  number !== undefined && number >= least ? number : undefined;

/** The request of a form; undefined while something that it needs is missing or cannot be meant. */
export function requestOf(command: StockCommand, form: StockForm): StockRequest | undefined {
  const body = bodyOf(command, form);
  if (body === undefined) return undefined;
  if (command === 'limits') return { method: 'PUT', path: '/limits', body };
  return { method: 'POST', path: '/movements', body: { type: command, ...body } };
}

function bodyOf(command: StockCommand, form: StockForm): Record<string, unknown> | undefined {
  const [location, to, reference, reason] = [form.location, form.to, form.reference, form.reason].map((text) =>
    text.trim(),
  ) as [string, string, string, string];
  const at = location === '' || location === USUAL_LOCATION ? {} : { location };
  const referred = reference === '' ? {} : { reference };
  const quantity = positiveIn(form.quantity);
  switch (command) {
    case 'receipt':
      return quantity === undefined ? undefined : { quantity, ...referred, ...at };
    case 'damage':
      return quantity === undefined ? undefined : { quantity, reason: form.damage, ...at };
    case 'transfer': {
      const from = location || USUAL_LOCATION;
      return quantity === undefined || to === '' || to === from ? undefined : { quantity, from, to, ...referred };
    }
    case 'correction': {
      const difference = wholeNumberIn(form.quantity) ?? 0;
      return difference === 0 || reason === '' ? undefined : { quantity: difference, reason, ...at };
    }
    case 'limits': {
      const safetyStock = notNegativeIn(form.safetyStock);
      const threshold = form.lowStockThreshold.trim() === '' ? undefined : notNegativeIn(form.lowStockThreshold);
      const isThresholdMeant = form.lowStockThreshold.trim() === '' || threshold !== undefined;
      if (safetyStock === undefined || !isThresholdMeant || reason === '') return undefined;
      return { safetyStock, ...(threshold === undefined ? {} : { lowStockThreshold: threshold }), reason, ...at };
    }
  }
}

type Counted = 'available' | 'damaged' | 'safetyStock';
type Counts = Readonly<Record<Counted, number>>;

const NOTHING: Counts = { available: 0, damaged: 0, safetyStock: 0 };

export const countsAt = (stock: Stock | undefined, location: string): Counts =>
  stock?.locations.find((one) => one.location === location) ?? NOTHING;

/** A count that a command changes. */
export interface StockChange {
  readonly location: string;
  readonly count: Counted;
  readonly before: number;
  readonly after: number;
}

/** What the request will change, from what the reader sees. A count below zero will be refused. */
export function changesOf({ body }: StockRequest, stock: Stock | undefined): readonly StockChange[] {
  const change = (location: unknown, count: Counted, by: number): StockChange => {
    const at = typeof location === 'string' ? location : USUAL_LOCATION;
    const before = countsAt(stock, at)[count];
    return { location: at, count, before, after: before + by };
  };
  const quantity = Number(body.quantity);
  switch (body.type) {
    case 'receipt':
    case 'correction':
      return [change(body.location, 'available', quantity)];
    case 'damage':
      return [change(body.location, 'available', -quantity), change(body.location, 'damaged', quantity)];
    case 'transfer':
      return [change(body.from, 'available', -quantity), change(body.to, 'available', quantity)];
    default: {
      const limited = change(body.location, 'safetyStock', 0);
      return [{ ...limited, after: Number(body.safetyStock) }];
    }
  }
}
