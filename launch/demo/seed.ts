/** Writes the demo catalogue and its promotions at each start, and stock only for articles that have none yet. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../../local/boot.ts';
import { operatorClientConfig } from '../clients/operator.ts';

interface DemoArticle {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: { readonly amount: number; readonly currency: string };
  /** Units in stock at the first start. */
  readonly stock: number;
}

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8'));
const demoCatalogue = () => read('catalogue.json') as DemoArticle[];
const demoPromotions = () => read('promotions.json') as Record<string, unknown>[];

/** Safe to repeat: a restart changes neither stock nor reservations. */
export async function seedCatalogue(runtime: Pick<Runtime, 'endpointUrl' | 'outputs'>): Promise<void> {
  const db = DynamoDBDocumentClient.from(new DynamoDBClient(operatorClientConfig(runtime.endpointUrl)));
  const {
    CatalogueTableName: catalogue,
    PromotionsTableName: promotions,
    InventoryTableName: inventory,
  } = runtime.outputs;
  await Promise.all(
    demoPromotions().map((promotion) => db.send(new PutCommand({ TableName: promotions, Item: promotion }))),
  );
  await Promise.all(
    demoCatalogue().map(async ({ sku, name, unitPrice, stock }) => {
      await db.send(new PutCommand({ TableName: catalogue, Item: { sku, name, unitPrice } }));
      await db
        .send(
          new PutCommand({
            TableName: inventory,
            Item: { pk: `SKU#${sku}`, available: stock, reserved: 0 },
            ConditionExpression: 'attribute_not_exists(pk)',
          }),
        )
        .catch((error: unknown) => {
          if (!(error instanceof ConditionalCheckFailedException)) throw error;
        });
    }),
  );
  db.destroy();
}
