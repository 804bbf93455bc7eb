/** The shop of an environment: its catalogue and promotions in their tables, its stock by the API. */
import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import { issuerOf, tokenFrom } from '../clients/tokens.ts';
import type { ClientConfig } from '../deploy/preflight/aws-account.ts';
import type { ArticleRecord, PromotionRecord, ShopRecords, StockRecord } from './records.ts';

/** Where an environment is. */
export interface ShopAddress {
  /** Of the API, without `/api/v1`. */
  readonly url: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly clientConfig: ClientConfig;
  /** An operator's, with the scopes `stock:read` and `stock:write`. @default one of the simulated issuer */
  readonly token?: string | undefined;
}

const SCOPE = 'stock:read stock:write';
const AT_A_TIME = 4;

export class Shop {
  readonly #address: ShopAddress;
  readonly #db: DynamoDBDocumentClient;
  #token: Promise<string> | undefined;

  constructor(address: ShopAddress) {
    this.#address = address;
    this.#db = DynamoDBDocumentClient.from(new DynamoDBClient(address.clientConfig));
  }

  /** All that there is; of stock, what the articles of the catalogue and these have. */
  async records(skus: readonly string[] = []): Promise<ShopRecords> {
    const articles = (await this.#all('CatalogueTableName')) as readonly ArticleRecord[];
    const promotions = (await this.#all('PromotionsTableName')) as unknown as readonly PromotionRecord[];
    const asked = [...new Set([...articles.map(({ sku }) => sku), ...skus])].sort();
    const stock = (await inTurns(asked, (sku) => this.#stockOf(sku))).flatMap((found) => found ?? []);
    const sorted = <Item>(items: readonly Item[], keyOf: (item: Item) => string) =>
      items.toSorted((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
    return {
      articles: sorted(articles, ({ sku }) => sku),
      promotions: sorted(promotions, ({ code }) => code),
      stock,
    };
  }

  putArticle(article: ArticleRecord): Promise<void> {
    return this.#put('CatalogueTableName', article);
  }

  putPromotion(promotion: PromotionRecord): Promise<void> {
    return this.#put('PromotionsTableName', promotion);
  }

  /** The first goods of an article. Safe to repeat. @throws Error with the problem when it is refused */
  async receive({ sku, available: quantity }: StockRecord): Promise<void> {
    await this.#move(sku, { type: 'receipt', quantity, reference: 'Import' }, `first ${sku}`);
  }

  /** A count has found another number of units: the difference is compared before, so that it is not made again. @throws Error with the problem when it is refused */
  async correct(sku: string, there: number, wanted: number): Promise<void> {
    const correction = { type: 'correction', quantity: wanted - there, reason: 'Import of a count.' };
    await this.#move(sku, correction, randomUUID());
  }

  close(): void {
    this.#db.destroy();
  }

  async #all(output: string): Promise<readonly object[]> {
    const found: object[] = [];
    const request = { TableName: this.#tableOf(output), ConsistentRead: true };
    for await (const { Items = [] } of paginateScan({ client: this.#db }, request)) found.push(...Items);
    return found;
  }

  async #put(output: string, item: object): Promise<void> {
    await this.#db.send(new PutCommand({ TableName: this.#tableOf(output), Item: { ...item } }));
  }

  #tableOf(output: string): string {
    const name = this.#address.outputs[output];
    if (name === undefined) throw new Error(`The environment has no output ${output}; expected a deployed Waybill.`);
    return name;
  }

  async #stockOf(sku: string): Promise<StockRecord | undefined> {
    const answer = await this.#ask('GET', `/stock/${encodeURIComponent(sku)}`);
    if (answer.status === 404) return undefined;
    const { available } = JSON.parse(answer.text) as { readonly available: number };
    return { sku, available };
  }

  async #move(sku: string, movement: object, key: string): Promise<void> {
    const idempotencyKey = createHash('sha256').update(key).digest('hex').slice(0, 32);
    await this.#ask('POST', `/stock/${encodeURIComponent(sku)}/movements`, movement, idempotencyKey);
  }

  /** Comes again when it is told to. @throws Error with the problem when it is refused */
  async #ask(method: string, path: string, body?: object, key?: string): Promise<{ status: number; text: string }> {
    for (;;) {
      const answer = await fetch(`${this.#address.url}/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await this.#operator()}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': key! }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      if (answer.ok || (answer.status === 404 && method === 'GET')) return { status: answer.status, text };
      const wait = Number(answer.headers.get('retry-after'));
      if (wait > 0) await sleep(1_000 * wait);
      else throw new Error(`${method} ${path} was answered ${answer.status}: ${text}`);
    }
  }

  #operator(): Promise<string> {
    const { token, url } = this.#address;
    if (token !== undefined) return Promise.resolve(token);
    return (this.#token ??= issuerOf(url).then((issuer) =>
      tokenFrom(issuer, { sub: 'import', role: 'operator', scope: SCOPE }),
    ));
  }
}

/** Carries out the work for each, a few at a time, in their order. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let next = 0; next < items.length; next += AT_A_TIME) {
    results.push(...(await Promise.all(items.slice(next, next + AT_A_TIME).map(work))));
  }
  return results;
}
