/** The stock of the crash test's shop, which changes while orders come in. */
import { setTimeout as sleep } from 'node:timers/promises';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { TokenRequest } from '../../launch/clients/tokens.ts';
import type { Stock } from '../fault/books.ts';
import type { Random } from '../fault/random.ts';
import type { PatientClient } from '../fault/real/patient-client.ts';
import type { Instance } from '../support/platform/instance.ts';
import { LOCATIONS } from './platform.ts';

type Location = (typeof LOCATIONS)[number];

export interface Article {
  readonly sku: string;
  /** In minor units. */
  readonly price: number;
  /** There may be too little of it for an order. */
  readonly scarce: boolean;
  /** Where it lies. */
  readonly locations: readonly Location[];
}

const KEEPER: TokenRequest = { sub: 'K1', role: 'operator', scope: 'stock:read stock:write' };
const PLENTY = 1_000_000;
const SCARCE = 8;
/** One article in so many. */
const SCARCE_EACH = 7;
/** And so many have goods at all locations. */
const SPREAD_EACH = 2;
const MOST_MOVED = 20;
const MOVES_EVERY_MS = 1_000;
const MOST_SUPPLIED = 6;
const SUPPLIES_EVERY_MS = 2_000;
const never = () => false;
const NOTHING = { available: 0, reserved: 0 };

interface Movement {
  readonly type: 'receipt' | 'correction' | 'damage';
  readonly quantity: number;
  readonly location: Location;
  readonly reason?: string;
}

const articleAt = (sku: string, location: Location): string => `${sku}@${location}`;
const add = (counts: Map<string, number>, key: string, units: number): void =>
  void counts.set(key, (counts.get(key) ?? 0) + units);

export const articlesFor = (count: number): Article[] =>
  Array.from({ length: count }, (_, index) => ({
    sku: `ARTICLE-${index + 1}`,
    // The first one costs enough that many of it have to be approved; the others have prices that leave remainders.
    price: index === 0 ? 12_900 : 1_333 + 97 * index,
    scarce: index % SCARCE_EACH === SCARCE_EACH - 1,
    locations: index % SPREAD_EACH === 0 ? LOCATIONS : LOCATIONS.slice(0, 1),
  }));

export class Warehouse {
  readonly articles: readonly Article[];
  readonly #client: PatientClient;
  /** By article and location. */
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
    for (const { sku, price, scarce, locations } of this.articles) {
      const Item = { sku, name: sku, unitPrice: { amount: price, currency: 'CNY' } };
      await db.send(new PutCommand({ TableName: CatalogueTableName, Item }));
      for (const location of locations) {
        await this.#move(sku, { type: 'receipt', quantity: scarce ? SCARCE / locations.length : PLENTY, location });
      }
    }
  }

  /** Goods arrive, are counted, are damaged, go from one location to the other, and are kept from orders. */
  async work(random: Random, isOver: () => boolean): Promise<void> {
    for (; !isOver(); await sleep(MOVES_EVERY_MS * random())) {
      const { sku, locations } = this.articles[Math.floor(random() * this.articles.length)]!;
      const location = locations[Math.floor(random() * locations.length)]!;
      const quantity = 1 + Math.floor(random() * MOST_MOVED);
      const other = locations.find((each) => each !== location);
      const found = { type: 'correction', reason: 'Counted', location } as const;
      const moves: readonly (() => Promise<void>)[] = [
        () => this.#move(sku, { type: 'damage', quantity, reason: 'expired', location }),
        () => this.#limit(sku, quantity, location),
        () => this.#move(sku, { ...found, quantity: -quantity }),
        () => this.#move(sku, { ...found, quantity }),
        () => this.#move(sku, { type: 'receipt', quantity, location }),
        ...(other ? [() => this.#transfer(sku, quantity, location, other)] : []),
      ];
      await moves[Math.floor(random() * moves.length)]!();
    }
  }

  /** A few units of scarce articles arrive now and then, for orders that wait for them; in the end, as many as all of these need. */
  async supply(random: Random, isOver: () => boolean): Promise<void> {
    const scarce = this.articles.filter((article) => article.scarce);
    for (; !isOver(); await sleep(SUPPLIES_EVERY_MS * random())) {
      const article = scarce[Math.floor(random() * scarce.length)];
      if (!article) return;
      const location = article.locations[Math.floor(random() * article.locations.length)]!;
      const quantity = 1 + Math.floor(random() * MOST_SUPPLIED);
      await this.#move(article.sku, { type: 'receipt', quantity, location });
    }
    for (const { sku } of scarce) await this.#move(sku, { type: 'receipt', quantity: PLENTY, location: LOCATIONS[0] });
  }

  /** What there is, with what came and was damaged as it was sent from here. */
  async stock(): Promise<Stock[]> {
    const found: Stock[] = [];
    for (const { sku, locations: all } of this.articles) {
      const answer = await this.#client.untilAnswered(never, KEEPER, { method: 'GET', path: `/stock/${sku}` });
      const counts = JSON.parse(answer!.text) as Stock;
      const here = new Map(counts.locations?.map((each) => [each.location, each]));
      const locations = all.map((location) => ({
        ...NOTHING,
        ...here.get(location),
        location,
        received: this.#received.get(articleAt(sku, location)) ?? 0,
      }));
      const received = locations.reduce((sum, each) => sum + each.received, 0);
      found.push({ ...counts, received, locations, damagedHere: this.#damaged.get(sku) ?? 0 });
    }
    return found;
  }

  async #move(sku: string, body: Movement): Promise<void> {
    if (!(await this.#isMoved(sku, body))) return;
    if (body.type === 'damage') add(this.#damaged, sku, body.quantity);
    else add(this.#received, articleAt(sku, body.location), body.quantity);
  }

  async #transfer(sku: string, quantity: number, from: Location, to: Location): Promise<void> {
    if (!(await this.#isMoved(sku, { type: 'transfer', quantity, from, to }))) return;
    add(this.#received, articleAt(sku, from), -quantity);
    add(this.#received, articleAt(sku, to), quantity);
  }

  async #isMoved(sku: string, body: object): Promise<boolean> {
    const path = `/stock/${sku}/movements`;
    const answer = await this.#client.untilAnswered(never, KEEPER, { method: 'POST', path, body });
    return answer?.status === 201;
  }

  async #limit(sku: string, safetyStock: number, location: Location): Promise<void> {
    const body = { safetyStock, lowStockThreshold: safetyStock, reason: 'Reviewed', location };
    await this.#client.untilAnswered(never, KEEPER, { method: 'PUT', path: `/stock/${sku}/limits`, body });
  }
}
