/** Writes the demo catalogue and its promotions at each start, and stock only for articles that have none yet. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { v5 } from 'uuid';
import { DynamoDbStock } from '../../functions/inventory/adapters/dynamodb-stock.ts';
import { moveStock } from '../../functions/inventory/application/move-stock.ts';
import type { StockDeps } from '../../functions/inventory/application/stock-ports.ts';
import { type CorrelationId, parseSku, type Sku } from '../../functions/shared/kernel/ids.ts';
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

/** Of ours alone: the ids of the first receipts are made of it. */
const NAMESPACE = '0d2c4c6e-3c0b-4e63-8a1b-5a5f6f7d2c90';

/** Safe to repeat: a restart changes neither stock nor reservations. The first units come by a receipt, as all others do, so that the books have them. */
export async function seedCatalogue(runtime: Pick<Runtime, 'endpointUrl' | 'outputs'>): Promise<void> {
  const db = DynamoDBDocumentClient.from(new DynamoDBClient(operatorClientConfig(runtime.endpointUrl)));
  const {
    CatalogueTableName: catalogue,
    PromotionsTableName: promotions,
    InventoryTableName: inventory = '',
    StockLogTableName: stockLog = '',
    CommandsTableName: commands = '',
  } = runtime.outputs;
  const deps = { stock: new DynamoDbStock(db, inventory, { stockLog, commands }), now: Date.now };
  await Promise.all(
    demoPromotions().map((promotion) => db.send(new PutCommand({ TableName: promotions, Item: promotion }))),
  );
  await Promise.all(
    demoCatalogue().map(async ({ sku, name, unitPrice, stock }) => {
      await db.send(new PutCommand({ TableName: catalogue, Item: { sku, name, unitPrice } }));
      await receive(deps, parseSku(sku), stock);
    }),
  );
  db.destroy();
}

/** The first units of an article that has none yet. */
async function receive(deps: StockDeps, sku: Sku, quantity: number): Promise<void> {
  if ((await deps.stock.find(sku)) !== undefined) return;
  const id = v5(sku, NAMESPACE);
  const received = await moveStock(
    deps,
    sku,
    { type: 'StockReceived', data: { quantity, reference: 'demo' } },
    { id, correlationId: id as CorrelationId, causationId: id, actor: { type: 'system', id: 'SeedCatalogue' } },
  );
  if (!received.ok) throw new Error(`The first ${quantity} ${sku} were not received: ${received.refusal.kind}.`);
}
