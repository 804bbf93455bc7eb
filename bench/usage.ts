/** What is used while something happens at a platform in this process: metered units, calls to partners and growth of tables. */
import { DynamoDBClient, paginateListTables, paginateScan } from '@aws-sdk/client-dynamodb';
import { PARTNER_CALLS } from '../functions/shared/outbound/metrics.ts';
import { operatorClientConfig } from '../launch/clients/operator.ts';
import { type Reading, sumOf, type Used } from '../launch/cost/bill.ts';
import type { Platform } from '../launch/platform/platform.ts';
import { sumOfMetric } from './embedded-metrics.ts';

/** A read unit that may be a moment old is of this many bytes. */
const BYTES_A_READ_UNIT = 8_192;

/** @param happen resolves when everything that belongs to the orders is done, and logged */
export async function usageDuring(
  { runtime }: Platform,
  logDir: string,
  orders: number,
  happen: () => Promise<void>,
): Promise<Used> {
  const { meter, endpointUrl } = runtime;
  const [calls, bytes] = [sumOfMetric(logDir, PARTNER_CALLS.name), await storedBytes()];
  meter.reset();
  await happen();
  const reading: Reading = structuredClone(meter.read());
  return {
    orders,
    reading,
    partnerCalls: sumOfMetric(logDir, PARTNER_CALLS.name) - calls,
    storedBytes: (await storedBytes()) - bytes,
  };

  /** Of all tables, by what it costs to read them whole. */
  async function storedBytes(): Promise<number> {
    meter.reset();
    const client = new DynamoDBClient(operatorClientConfig(endpointUrl));
    for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
      for (const TableName of TableNames) {
        for await (const _ of paginateScan({ client }, { TableName, Select: 'COUNT' }));
      }
    }
    client.destroy();
    return sumOf(meter.read()['dynamodb.readUnits']) * BYTES_A_READ_UNIT;
  }
}
