/** A whole platform that runs on this machine under load: it can be looked at, and be killed and started again. */

import { setTimeout as sleep } from 'node:timers/promises';
import {
  type ExecutionListItem,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { type DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { ORDER, type OrderStream } from '../../../functions/published/order-log.ts';
import { DynamoDbEventStreams } from '../../../functions/shared/event-log/dynamodb-event-streams.ts';
import { operatorClientConfig } from '../../../launch/clients/operator.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../../support/platform/instance.ts';
import type { LedgerEntry } from '../../support/platform/partners.ts';
import type { Stock } from '../books.ts';
import type { Command, PlannedOrder } from '../load.ts';
import type { LoadedPlatform, Sight } from '../platform.ts';
import { Shop } from './shop.ts';

/** The defaults, but for the limit of callers, because all orders come from one shop, and for pauses that only make a case last longer. */
export const SETTINGS = {
  limiter: { callers: { perSecond: 100_000, burst: 100_000 } },
  breaker: { openSeconds: 5 },
  recovery: { platformRetrySeconds: 5 },
};
const RESTART_AFTER_MS = 1_000;
/** Executions are named after their order. */
const ORDER_ID_LENGTH = 36;

export abstract class RunningPlatform implements LoadedPlatform {
  readonly dataDir = temporaryDataDir();
  readonly #environment: NodeJS.ProcessEnv;
  #instance: Instance | undefined;
  #client: DynamoDBDocumentClient | undefined;
  #sfn: SFNClient | undefined;
  #shop: Shop | undefined;
  #initialStock: readonly Omit<Stock, 'received'>[] = [];

  /** @param environment what `npm start` is told besides */
  constructor(environment: NodeJS.ProcessEnv = {}) {
    this.#environment = environment;
  }

  abstract ledgers(): Promise<readonly [gateway: readonly LedgerEntry[], carrier: readonly LedgerEntry[]]>;

  /** Call it once, before anything else. */
  async boot(): Promise<void> {
    await this.#boot();
    this.#shop = new Shop(this.instance.url);
    this.#initialStock = await this.#stockNow();
  }

  get instance(): Instance {
    if (!this.#instance) throw new Error('The platform does not run.');
    return this.#instance;
  }

  now(): number {
    return Date.now();
  }

  sleep(ms: number): Promise<void> {
    return sleep(ms);
  }

  place(order: PlannedOrder, isOver: () => boolean): Promise<string | undefined> {
    return this.#shop!.place(order, isOver);
  }

  send(orderId: string, command: Command, isOver: () => boolean): Promise<boolean> {
    return this.#shop!.send(orderId, command, isOver);
  }

  /** Ends the platform as a power cut would, and starts it again on its data. */
  async killAndRestart(): Promise<void> {
    const instance = this.instance;
    const port = new URL(instance.url).port;
    this.#instance = undefined;
    this.#client = undefined;
    this.#sfn?.destroy();
    this.#sfn = undefined;
    await instance.kill9();
    for (;;) {
      try {
        return await this.#boot(port);
      } catch {
        // While its database is away, it cannot start.
        await sleep(RESTART_AFTER_MS);
      }
    }
  }

  async close(): Promise<void> {
    this.#sfn?.destroy();
    await this.#instance?.interrupt();
    removeDataDir(this.dataDir);
  }

  async look(): Promise<Sight | undefined> {
    try {
      // In this order: an execution that has ended had written before.
      const running = await this.#executions('RUNNING');
      const { OrderLogTableName } = await this.instance.outputs();
      const streams: OrderStream[] = [];
      for await (const stream of new DynamoDbEventStreams(ORDER, this.#db, OrderLogTableName!).readAll()) {
        streams.push(stream);
      }
      return { running: running.map(({ name }) => name!), streams };
    } catch {
      return undefined;
    }
  }

  async stock(): Promise<Stock[]> {
    const now = await this.#stockNow();
    return now.map((article) => ({
      ...article,
      received: this.#initialStock.find(({ sku }) => sku === article.sku)?.available ?? 0,
    }));
  }

  async mostTransitions(): Promise<number> {
    const entered = new Map<string, number>();
    for (const { name, executionArn } of await this.#executions()) {
      const orderId = name!.slice(0, ORDER_ID_LENGTH);
      const pages = paginateGetExecutionHistory(
        { client: this.#states },
        { executionArn, includeExecutionData: false },
      );
      for await (const { events = [] } of pages) {
        const count = events.filter(({ type }) => type!.endsWith('StateEntered')).length;
        entered.set(orderId, (entered.get(orderId) ?? 0) + count);
      }
    }
    return Math.max(0, ...entered.values());
  }

  async #executions(statusFilter?: 'RUNNING'): Promise<ExecutionListItem[]> {
    const { stateMachines = [] } = await this.#states.send(new ListStateMachinesCommand());
    const found: ExecutionListItem[] = [];
    for (const { stateMachineArn } of stateMachines) {
      const pages = paginateListExecutions(
        { client: this.#states },
        { stateMachineArn, ...(statusFilter && { statusFilter }) },
      );
      for await (const { executions = [] } of pages) found.push(...executions);
    }
    return found;
  }

  get #states(): SFNClient {
    return (this.#sfn ??= new SFNClient(operatorClientConfig(this.instance.endpointUrl)));
  }

  get #db(): DynamoDBDocumentClient {
    return (this.#client ??= this.instance.db());
  }

  async #boot(port = '0'): Promise<void> {
    this.#instance = await startInstance(this.dataDir, {
      PORT: port,
      WAYBILL_CONFIGURATION: JSON.stringify(SETTINGS),
      ...this.#environment,
    });
  }

  async #stockNow(): Promise<Omit<Stock, 'received'>[]> {
    const { InventoryTableName } = await this.instance.outputs();
    const { Items = [] } = await this.#db.send(
      new ScanCommand({
        TableName: InventoryTableName,
        ConsistentRead: true,
        FilterExpression: 'begins_with(pk, :sku)',
        ExpressionAttributeValues: { ':sku': 'SKU#' },
      }),
    );
    // Counts that an item does not have are 0.
    return Items.map(({ pk, available = 0, reserved = 0, sold }) => ({
      sku: (pk as string).slice('SKU#'.length),
      available: available as number,
      reserved: reserved as number,
      ...(sold === undefined ? {} : { sold: sold as number }),
    }));
  }
}
