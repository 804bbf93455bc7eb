/** The orders of the crash test: any way to pay with any life, over many articles, drawn from a seed. */
import type { Kind } from '../fault/load.ts';
import type { Random } from '../fault/random.ts';
import { orderBody } from '../support/api/order-requests.ts';
import { GIVEN_UP, LIVES, type Life, type Step } from './lives.ts';
import type { Article } from './warehouse.ts';
import { type Paying, WAYS_TO_PAY } from './ways-to-pay.ts';

export interface Plan {
  readonly kind: Kind;
  readonly customerId: string;
  /** The request that places the order. */
  readonly body: unknown;
  readonly paying?: Paying;
  readonly steps: readonly (Omit<Step, 'withinMs'> & { readonly afterMs: number })[];
}

const CUSTOMERS = 300;
const MOST_ARTICLES = 3;
const MOST_UNITS = 3;
/** So many of the articles above the price of 100.00 have to be approved by an operator. */
const LARGE = 95;
const CODES = ['TEN-PERCENT', 'FIVE-OFF'];

export function planOf(random: Random, articles: readonly Article[]): Plan {
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
  const way = drawn(random, WAYS_TO_PAY);
  const life = way.needs === 'cancellation' ? GIVEN_UP : drawn(random, LIVES);
  const lines = linesOf(random, articles, life);
  const isScarce = lines.some(({ article }) => article.scarce);
  const reasons = [...(way.reasons ?? []), ...(life.reasons ?? []), ...(isScarce ? (['out_of_stock'] as const) : [])];
  const alive = way.fails || life.fails ? [] : (life.ends ?? ['processing']);
  const { token, ...wallet } = way.method;
  const customerId = `C${1 + Math.floor(random() * CUSTOMERS)}`;
  return {
    kind: {
      name: `${way.name}; ${life.name}`,
      weight: 0,
      ends: [...alive, ...(reasons.length > 0 ? (['cancelled'] as const) : [])],
      reasons,
      ...(way.needs === 'person' && { needsPerson: true }),
    },
    customerId,
    body: orderBody({
      customerId,
      items: lines.map(({ article: { sku }, quantity }) => ({ sku, quantity })),
      ...(random() < 0.2 && { discountCodes: [pick(CODES)] }),
      ...(token === undefined ? { paymentMethod: wallet } : { token }),
      ...(life.postalCode && { postalCode: life.postalCode }),
    }),
    ...(way.paying && { paying: way.paying }),
    steps: life.steps.map(({ withinMs = 0, ...step }) => ({ ...step, afterMs: Math.floor(random() * withinMs) })),
  };
}

/** Some articles are far more popular than others, so that orders meet. */
function linesOf(random: Random, articles: readonly Article[], { large }: Life) {
  if (large) return [{ article: articles[0]!, quantity: LARGE }];
  const chosen = new Set(
    Array.from(
      { length: 1 + Math.floor(random() * MOST_ARTICLES) },
      () => articles[Math.floor(random() ** 2 * articles.length)]!,
    ),
  );
  return [...chosen].map((article) => ({ article, quantity: 1 + Math.floor(random() * MOST_UNITS) }));
}

function drawn<Item extends { readonly weight: number }>(random: Random, items: readonly Item[]): Item {
  let left = random() * items.reduce((sum, { weight }) => sum + weight, 0);
  return items.find(({ weight }) => (left -= weight) < 0) ?? items[0]!;
}
