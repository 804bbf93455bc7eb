/** A whole platform on this machine whose partners and database can be taken away, and that can be killed. */

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
import { type PartnerProcess, startPartner } from '../../../launch/platform/partner-process.ts';
import { type Instance, removeDataDir, startInstance, temporaryDataDir } from '../../support/platform/instance.ts';
import type { LedgerEntry } from '../../support/platform/partners.ts';
import type { Stock } from '../books.ts';
import type { Outage } from '../cases.ts';
import type { Command, PlannedOrder } from '../load.ts';
import type { FaultyPlatform, Sight } from '../platform.ts';
import type { Random } from '../random.ts';
import { takeDatabaseAway } from './database.ts';
import { type FaultyPartner, faultyPartner } from './proxy.ts';
import { Shop } from './shop.ts';

const LEDGER_PAGE = 10_000;
/** The defaults, but for the limit of callers, because all orders come from one shop, and for pauses that only make a case last longer. */
const CONFIGURATION = JSON.stringify({
  limiter: { callers: { perSecond: 100_000, burst: 100_000 } },
  breaker: { openSeconds: 5 },
  recovery: { platformRetrySeconds: 5 },
});
const RESTART_AFTER_MS = 1_000;
/** Executions are named after their order. */
const ORDER_ID_LENGTH = 36;

export class RealPlatform implements FaultyPlatform {
  readonly #dataDir = temporaryDataDir();
  readonly #gateway: FaultyPartner;
  readonly #carrier: FaultyPartner;
  readonly #partners: readonly [PartnerProcess, PartnerProcess];
  #instance: Instance | undefined;
  #client: DynamoDBDocumentClient | undefined;
  #sfn: SFNClient | undefined;
  #shop: Shop | undefined;
  readonly #bringBack: (() => Promise<void>)[] = [];
  #initialStock: readonly Omit<Stock, 'initial'>[] = [];

  private constructor(
    partners: readonly [PartnerProcess, PartnerProcess],
    [gateway, carrier]: readonly [FaultyPartner, FaultyPartner],
  ) {
    this.#partners = partners;
    this.#gateway = gateway;
    this.#carrier = carrier;
  }

  static async start(random: Random): Promise<RealPlatform> {
    const partners = await Promise.all([startPartner({ name: 'payment-gateway' }), startPartner({ name: 'carrier' })]);
    const [gateway, carrier] = partners;
    const platform = new RealPlatform(
      partners,
      await Promise.all([faultyPartner(gateway.url, random), faultyPartner(carrier.url, random)]),
    );
    await platform.#boot();
    platform.#shop = new Shop(platform.#running.url);
    platform.#initialStock = await platform.#stockNow();
    return platform;
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

  async fail(outage: Outage): Promise<void> {
    if (outage.target === 'database') {
      this.#bringBack.push(takeDatabaseAway(this.#dataDir, outage.fault));
      return;
    }
    const partners = { gateway: [this.#gateway], carrier: [this.#carrier], partners: [this.#gateway, this.#carrier] };
    for (const partner of partners[outage.target]) {
      await partner.fail(outage.fault);
      this.#bringBack.push(() => partner.recover());
    }
  }

  async recover(): Promise<void> {
    await Promise.all(this.#bringBack.splice(0).map((bringBack) => bringBack()));
  }

  callsWhileDown(): number {
    return this.#gateway.callsWhileDown + this.#carrier.callsWhileDown;
  }

  get #running(): Instance {
    if (!this.#instance) throw new Error('The platform does not run.');
    return this.#instance;
  }

  /** Ends the platform as a power cut would, and starts it again on its data. */
  async killAndRestart(): Promise<void> {
    const instance = this.#running;
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
    await Promise.all([
      this.#gateway.close(),
      this.#carrier.close(),
      ...this.#partners.map((partner) => partner.close()),
    ]);
    removeDataDir(this.#dataDir);
  }

  async look(): Promise<Sight | undefined> {
    try {
      // In this order: an execution that has ended had written before.
      const running = await this.#executions('RUNNING');
      const { OrderLogTableName } = await this.#running.outputs();
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
      initial: this.#initialStock.find(({ sku }) => sku === article.sku)?.available ?? 0,
    }));
  }

  ledgers(): Promise<[gateway: LedgerEntry[], carrier: LedgerEntry[]]> {
    const [gateway, carrier] = this.#partners;
    return Promise.all([ledgerOf(gateway.url), ledgerOf(carrier.url)]);
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
    return (this.#sfn ??= new SFNClient(operatorClientConfig(this.#running.endpointUrl)));
  }

  get #db(): DynamoDBDocumentClient {
    return (this.#client ??= this.#running.db());
  }

  async #boot(port = '0'): Promise<void> {
    this.#instance = await startInstance(this.#dataDir, {
      PORT: port,
      WAYBILL_PAYMENT_GATEWAY_URL: this.#gateway.url,
      WAYBILL_CARRIER_URL: this.#carrier.url,
      WAYBILL_CONFIGURATION: CONFIGURATION,
    });
  }

  async #stockNow(): Promise<Omit<Stock, 'initial'>[]> {
    const { InventoryTableName } = await this.#running.outputs();
    const { Items = [] } = await this.#db.send(
      new ScanCommand({
        TableName: InventoryTableName,
        ConsistentRead: true,
        FilterExpression: 'begins_with(pk, :sku)',
        ExpressionAttributeValues: { ':sku': 'SKU#' },
      }),
    );
    return Items.map(({ pk, available, reserved }) => ({
      sku: (pk as string).slice('SKU#'.length),
      available: available as number,
      reserved: reserved as number,
    }));
  }
}

async function ledgerOf(url: string): Promise<LedgerEntry[]> {
  const entries: LedgerEntry[] = [];
  for (let after: number | undefined = 0; after !== undefined; ) {
    const answer = await fetch(`${url}/v1/ledger?limit=${LEDGER_PAGE}&after=${after}`);
    const page = (await answer.json()) as { entries: LedgerEntry[]; next?: number };
    entries.push(...page.entries);
    after = page.next;
  }
  return entries;
}
