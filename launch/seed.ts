/** Puts the demo catalogue in: prices once and for all, stock only where there is none yet. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient, ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Runtime } from '../local/boot.ts';
import { operatorClientConfig } from './operator.ts';

interface DemoArticle {
  readonly sku: string;
  readonly name: string;
  readonly unitPrice: { readonly amount: number; readonly currency: string };
  /** Units on the shelf at the first start. */
  readonly stock: number;
}

const demoCatalogue = (): DemoArticle[] =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, 'demo-catalogue.json'), 'utf8')) as DemoArticle[];

/** Safe to repeat: a restart changes neither stock nor reservations. */
export async function seedCatalogue(runtime: Runtime): Promise<void> {
  const db = DynamoDBDocumentClient.from(new DynamoDBClient(operatorClientConfig(runtime.endpointUrl)));
  const { CatalogueTableName: catalogue, InventoryTableName: inventory } = runtime.outputs;
  await Promise.all(demoCatalogue().map(async ({ sku, name, unitPrice, stock }) => {
    await db.send(new PutCommand({ TableName: catalogue, Item: { sku, name, unitPrice } }));
    await db.send(new PutCommand({
      TableName: inventory,
      Item: { pk: `SKU#${sku}`, available: stock, reserved: 0 },
      ConditionExpression: 'attribute_not_exists(pk)',
    })).catch((error: unknown) => {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    });
  }));
  db.destroy();
}
