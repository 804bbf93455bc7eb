/** The endpoint that creates orders, in memory. */
import '../platform/function-environment.ts';
import { knownCountries } from '../../../functions/orders/adapters/countries.ts';
import type { Article, Catalogue } from '../../../functions/orders/application/ports.ts';
import { makeHandler } from '../../../functions/orders/create-order.ts';
import type { PromiseSettings } from '../../../functions/orders/domain/promises.ts';
import type { NewOrderEvent, OrderCreated } from '../../../functions/published/order-events.ts';
import type { Caller } from '../../../functions/shared/http/caller.ts';
import type { Sku } from '../../../functions/shared/kernel/ids.ts';
import { apiEvent, customer, lambdaContext } from '../api/invocations.ts';
import { fixedConfiguration } from '../fakes/fixed-configuration.ts';
import { InMemoryOrderLog } from '../fakes/in-memory-order-log.ts';
import { InMemoryPromotions } from '../fakes/in-memory-promotions.ts';
import { InMemorySnapshots } from '../fakes/in-memory-snapshots.ts';
import { START } from './streams.ts';

export const ARTICLES: readonly Article[] = [
  { sku: 'MUG-BLUE' as Sku, name: 'Mug, blue', unitPrice: { amount: 4_500, currency: 'CNY' } },
  { sku: 'TSHIRT' as Sku, name: 'T-shirt', unitPrice: { amount: 12_900, currency: 'CNY' } },
  { sku: 'DATES' as Sku, name: 'Dates', unitPrice: { amount: 5_124, currency: 'KWD' } },
  { sku: 'IMPORT' as Sku, name: 'Imported', unitPrice: { amount: 100, currency: 'EUR' } },
  { sku: 'PLANET' as Sku, name: 'A planet', unitPrice: { amount: Number.MAX_SAFE_INTEGER, currency: 'CNY' } },
];

export const CATALOGUE: Catalogue = {
  find: async (skus) =>
    new Map(ARTICLES.filter(({ sku }) => skus.includes(sku)).map((article) => [article.sku, article])),
};

/** Remembers the events that were appended to any stream. */
class WatchedLog extends InMemoryOrderLog {
  readonly appended: NewOrderEvent[] = [];

  override append(...[orderId, version, events]: Parameters<InMemoryOrderLog['append']>) {
    this.appended.push(...events);
    return super.append(orderId, version, events);
  }

  /** The data of the order that was created first. */
  get created(): OrderCreated['data'] {
    return (this.appended[0] as OrderCreated).data;
  }
}

interface Request {
  readonly headers?: Record<string, string>;
  /** @default CATALOGUE */
  readonly catalogue?: Catalogue;
  /** @default the customer C1 */
  readonly caller?: Caller;
}

export class CreateOrderEndpoint {
  readonly log = new WatchedLog();
  readonly promotions = new InMemoryPromotions();
  /** Milliseconds since the epoch. */
  now = START;
  /** What differs from the defaults. */
  promises: Partial<PromiseSettings> = {};

  constructor() {
    this.promotions.put({
      code: 'MUGS',
      name: 'Three mugs for two',
      rule: { type: 'buy-x-get-y', buy: 2, get: 1, skus: ['MUG-BLUE'] },
    });
    this.promotions.put({
      code: 'TODAY',
      name: '¥5.00 off, today',
      rule: { type: 'fixed', amount: { amount: 500, currency: 'CNY' } },
      validUntil: new Date(START + 1).toISOString(),
    });
    this.promotions.put({ code: 'GIFT', name: 'All of it', rule: { type: 'percentage', basisPoints: 10_000 } });
  }

  async create(body: unknown, { headers = {}, catalogue = CATALOGUE, caller = customer() }: Request = {}) {
    const handler = makeHandler({
      catalogue,
      promotions: this.promotions,
      log: this.log,
      snapshots: new InMemorySnapshots(),
      now: () => this.now,
      countries: knownCountries,
      configuration: fixedConfiguration({ promises: this.promises }),
    });
    return handler(apiEvent({ method: 'POST', body, headers, caller }), lambdaContext());
  }
}
