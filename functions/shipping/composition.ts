import * as z from 'zod';
import { ORDER } from '../published/order-log.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment } from '../shared/edge/environment.ts';
import { DynamoDbEventLog } from '../shared/event-log/dynamodb-event-log.ts';
import { EVENT_LOG_TABLES } from '../shared/event-log/tables.ts';
import { partnerEnvironment } from '../shared/outbound/partner-http.ts';
import { HttpCarrier } from './adapters/http-carrier.ts';
import { CARRIER } from './adapters/partner.ts';
import type { ShippingDeps } from './application/ports.ts';

/** The dependencies of the functions that deal with shipments, as they are deployed. */
export function deployedShipping(): ShippingDeps {
  const environment = readEnvironment(
    z.object({
      [EVENT_LOG_TABLES.orderLog.variable]: z.string(),
      [CARRIER.variable]: z.url(),
      ...partnerEnvironment,
    }),
  );
  return {
    carrier: new HttpCarrier({ baseUrl: environment.CARRIER_URL, timeoutMs: environment.PARTNER_TIMEOUT_MS }),
    log: new DynamoDbEventLog(ORDER, documentClient(), environment.ORDER_LOG_TABLE),
    now: Date.now,
  };
}
