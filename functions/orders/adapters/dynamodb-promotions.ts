import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { batchGet } from '../../shared/edge/batch-get.ts';
import type { Promotions } from '../application/ports.ts';
import type { Promotion } from '../domain/pricing/promotion.ts';
import { parsePromotion } from './promotion-record.ts';
import { ORDER_TABLES } from './tables.ts';

const KEY = ORDER_TABLES.promotions.partitionKey;

/** Promotions on DynamoDB. Takes at most 100 codes; an order has at most ten. */
export class DynamoDbPromotions implements Promotions {
  readonly #db: DynamoDBDocumentClient;
  readonly #table: string;

  constructor(db: DynamoDBDocumentClient, tableName: string) {
    this.#db = db;
    this.#table = tableName;
  }

  async find(codes: readonly string[]): Promise<ReadonlyMap<string, Promotion>> {
    const records = await batchGet(
      this.#db,
      this.#table,
      codes.map((code) => ({ [KEY]: code })),
    );
    return new Map(records.map(parsePromotion).map((promotion) => [promotion.code, promotion]));
  }
}
