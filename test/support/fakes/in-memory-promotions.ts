import { parsePromotion } from '../../../functions/orders/adapters/promotion-record.ts';
import type { Promotions } from '../../../functions/orders/application/ports.ts';
import type { Promotion } from '../../../functions/orders/domain/pricing/promotion.ts';

/** Promotions as records in memory. */
export class InMemoryPromotions implements Promotions {
  readonly #records = new Map<string, Readonly<Record<string, unknown>>>();
  /** The codes of each call so far. */
  readonly asked: (readonly string[])[] = [];

  put(record: Readonly<Record<string, unknown>>): void {
    this.#records.set(String(record.code), record);
  }

  async find(codes: readonly string[]): Promise<ReadonlyMap<string, Promotion>> {
    this.asked.push(codes);
    const records = codes.map((code) => this.#records.get(code)).filter((record) => record !== undefined);
    return new Map(records.map(parsePromotion).map((promotion) => [promotion.code, promotion]));
  }
}
