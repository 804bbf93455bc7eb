/** The stock of the crash test's shop, which changes while orders come in. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { TokenRequest } from '../../launch/clients/tokens.ts';
import type { Stock } from '../fault/books.ts';
import type { Random } from '../fault/random.ts';
import type { PatientClient } from '../fault/real/patient-client.ts';
import type { Instance } from '../support/platform/instance.ts';

export interface Article {
  readonly sku: string;
  /** In minor units. */
  readonly price: number;
  /** There may be too little of it for an order. */
  readonly scarce: boolean;
}

const KEEPER: TokenRequest = { sub: 'K1', role: 'operator', scope: 'stock:read stock:write' };
const PLENTY = 1_000_000;
const SCARCE = 40;
/** One article in so many. */
const SCARCE_EACH = 7;
const MOST_MOVED = 20;
const MOVES_EVERY_MS = 1_000;
const never = () => false;

export const articlesFor = (count: number): Article[] =>
  Array.from({ length: count }, (_, index) => ({
    sku: `ARTICLE-${index + 1}`,
    // The first one costs enough that many of it have to be approved; the others have prices that leave remainders.
    price: index === 0 ? 12_900 : 1_333 + 97 * index,
    scarce: index % SCARCE_EACH === SCARCE_EACH - 1,
  }));

export class Warehouse {
  readonly articles: readonly Article[];
  readonly #client: PatientClient;
  readonly #received = new Map<string, number>();
  readonly #damaged = new Map<string, number>();

  constructor(client: PatientClient, articles: readonly Article[]) {
    this.#client = client;
    this.articles = articles;
  }

  /** Puts the articles on sale, with their first goods. */
  async open(instance: Instance): Promise<void> {
    const { CatalogueTableName } = await instance.outputs();
    const db = instance.db();
    for (const { sku, price, scarce } of this.articles) {
      const Item = { sku, name: sku, unitPrice: { amount: price, currency: 'CNY' } };
      await db.send(new PutCommand({ TableName: CatalogueTableName, Item }));
      await this.#move(sku, { type: 'receipt', quantity: scarce ? SCARCE : PLENTY });
    }
  }

  /** Goods arrive, are counted, are damaged, and are kept from orders. */
  async work(random: Random, isOver: () => boolean): Promise<void> {
    for (; !isOver(); await sleep(MOVES_EVERY_MS * random())) {
      const { sku } = this.articles[Math.floor(random() * this.articles.length)]!;
      const quantity = 1 + Math.floor(random() * MOST_MOVED);
      const what = Math.floor(random() * 5);
      if (what === 0) await this.#move(sku, { type: 'damage', quantity, reason: 'expired' });
      else if (what === 1) await this.#limit(sku, quantity);
      else if (what === 2) await this.#move(sku, { type: 'correction', quantity: -quantity, reason: 'Counted' });
      else if (what === 3) await this.#move(sku, { type: 'correction', quantity, reason: 'Counted' });
      else await this.#move(sku, { type: 'receipt', quantity });
    }
  }

  /** What there is, with what came and was damaged as it was sent from here. */
  async stock(): Promise<Stock[]> {
    const found: Stock[] = [];
    for (const { sku } of this.articles) {
      const answer = await this.#client.untilAnswered(never, KEEPER, { method: 'GET', path: `/stock/${sku}` });
      const counts = JSON.parse(answer!.text) as Stock;
      found.push({ ...counts, received: this.#received.get(sku) ?? 0, damagedHere: this.#damaged.get(sku) ?? 0 });
    }
    return found;
  }

  async #move(sku: string, body: { type: string; quantity: number; reason?: string }): Promise<void> {
    const path = `/stock/${sku}/movements`;
    const answer = await this.#client.untilAnswered(never, KEEPER, { method: 'POST', path, body });
    if (answer?.status !== 201) return;
    const [into, units] = body.type === 'damage' ? [this.#damaged, body.quantity] : [this.#received, body.quantity];
    into.set(sku, (into.get(sku) ?? 0) + units);
  }

  async #limit(sku: string, safetyStock: number): Promise<void> {
    const body = { safetyStock, lowStockThreshold: safetyStock, reason: 'Reviewed' };
    await this.#client.untilAnswered(never, KEEPER, { method: 'PUT', path: `/stock/${sku}/limits`, body });
  }
}
