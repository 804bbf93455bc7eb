/** What limits orders a second on AWS: quotas of the account in a region, and what one partition of a table takes. */
import type { ORDER_UNITS } from './order-units.ts';

/** What a shop is like, as far as limits depend on it. */
export interface Shop {
  /** Share of orders, 0 to 1, that want the most popular article. */
  readonly popularShare: number;
  /** Share of orders whose articles begin with the same two characters, or whose customers' names do. */
  readonly alikeShare: number;
  /** Share of orders that wait for their customer, their goods or a partner. */
  readonly waitingShare: number;
  /** Seconds that a call to a partner takes. */
  readonly partnerSeconds: number;
}

export const SHOP: Shop = { popularShare: 0.1, alikeShare: 0.25, waitingShare: 0.3, partnerSeconds: 0.5 };

type Units = typeof ORDER_UNITS;

export interface Quota {
  readonly name: string;
  /** A second, but for concurrency, which is at a time. */
  readonly limit: number;
  readonly perOrder: (units: Units, shop: Shop) => number;
  /** Where the limit is from. */
  readonly source: string;
  /** What to do when it binds. */
  readonly raise: string;
}

const SERVICE_QUOTAS = 'ask for more in Service Quotas';
/** The most shards that an article is split into: decision 110. */
const SHARDS = 16;

/** Defaults in us-east-1, 2026-11; several are lower in other regions and in new accounts. */
export const QUOTAS: readonly Quota[] = [
  {
    name: 'API Gateway: requests',
    limit: 10_000,
    perOrder: ({ apiRequests }) => apiRequests,
    source: 'API Gateway quotas: throttle per account and region',
    raise: `${SERVICE_QUOTAS} (API Gateway, Throttle rate)`,
  },
  {
    name: 'Lambda: concurrent executions',
    limit: 1_000,
    perOrder: ({ functionSeconds, partnerCalls }, { partnerSeconds }) =>
      functionSeconds + partnerCalls * partnerSeconds,
    source: 'Lambda quotas: 1,000 in a region; a new account may have 10',
    raise: `${SERVICE_QUOTAS} (Lambda, L-B99A9384): orders a second times the seconds of an order, and half as many again`,
  },
  {
    name: 'Step Functions: StartExecution',
    limit: 300,
    perOrder: ({ starts }) => starts,
    source: 'Step Functions quotas: bucket 1,300, refill 300 a second; 150 in other regions',
    raise: `${SERVICE_QUOTAS} (Step Functions, StartExecution refill rate); until then orders wait in their queue and none is lost`,
  },
  {
    name: 'Step Functions: state transitions',
    limit: 5_000,
    perOrder: ({ transitions }) => transitions,
    source: 'Step Functions quotas: 5,000 a second; 800 in other regions',
    raise: `${SERVICE_QUOTAS} (Step Functions, StateTransition refill rate)`,
  },
  {
    name: 'Step Functions: answers to waiting sagas',
    limit: 500,
    perOrder: (_, { waitingShare }) => waitingShare,
    source: 'Step Functions quotas: SendTaskSuccess, refill 500 a second',
    raise: `${SERVICE_QUOTAS} (Step Functions, SendTaskSuccess refill rate); until then the keeper lets fewer orders go on at a time`,
  },
  {
    name: 'EventBridge: PutEvents',
    limit: 10_000,
    perOrder: ({ events }) => events,
    source:
      'EventBridge quotas: 10,000 requests a second; the relay puts up to ten events in one, and here each counts as one',
    raise: `${SERVICE_QUOTAS} (EventBridge, PutEvents throttle limit)`,
  },
  {
    name: 'EventBridge: deliveries to targets',
    limit: 18_750,
    perOrder: ({ deliveries }) => deliveries,
    source:
      'EventBridge quotas: 18,750 invocations a second; 750 to 4,500 in other regions. More are delayed, not lost',
    raise: `${SERVICE_QUOTAS} (EventBridge, Invocations throttle limit)`,
  },
  {
    name: 'DynamoDB: writes of the log of orders',
    limit: 40_000,
    perOrder: ({ orderLogWrites }) => orderLogWrites,
    source: 'DynamoDB quotas: 40,000 write units a second of a table on demand',
    raise: `${SERVICE_QUOTAS} (DynamoDB, Table-level write throughput); warm the table before a sale`,
  },
  {
    name: 'DynamoDB: one article in one item',
    limit: 1_000,
    perOrder: ({ articleWrites }, { popularShare }) => articleWrites * popularShare,
    source: 'DynamoDB: 1,000 write units a second of a partition',
    raise: 'nothing: an article that orders meet at is split into as many as 16 shards by itself',
  },
  {
    name: 'DynamoDB: one article in 16 shards',
    limit: 1_000 * SHARDS,
    perOrder: ({ articleWrites }, { popularShare }) => articleWrites * popularShare,
    source: 'the same, times the shards (decision 110)',
    raise:
      'more shards: a change of the rule in functions/inventory, to be measured with `npm run bench -- --only hot-sku`',
  },
  {
    name: 'DynamoDB: one list of orders in its 16 parts',
    limit: 16_000,
    // It comes on the list, and leaves it.
    perOrder: () => 2,
    source: 'DynamoDB: 1,000 write units a second of a partition, times the parts (decision 151)',
    raise:
      'more parts: a change of the rule in functions/orders/adapters/search-rows.ts, and `npm run rebuild -- order-search`',
  },
  {
    name: 'DynamoDB: search terms that begin alike',
    limit: 1_000,
    perOrder: (_, { alikeShare }) => alikeShare,
    source:
      'DynamoDB: 1,000 write units a second of a partition; a bucket has the terms that begin alike (decision 21)',
    raise:
      'a longer beginning of a bucket (bucketLength), and `npm run rebuild -- order-search`; until then search is late, and orders are not',
  },
];
