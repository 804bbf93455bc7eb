import { type RefundsOnRecord, refundsOnRecord } from '../../../functions/payments/domain/refunds-on-record.ts';
import type { OrderLog } from '../../../functions/published/order-log.ts';
import type { OrderId } from '../../../functions/shared/kernel/ids.ts';
import type { Answer, Route } from '../../../partners/shared/http.ts';

/** Half of what the channels ask for: every request is signed and checked as theirs are, and signing was a third of the time of their cases. */
export const RSA_BITS = 1_024;

/** The refunds of an order that are on record, as the platform's own composition has them. */
export const refundsOf =
  (log: Pick<OrderLog, 'read'>) =>
  async (orderId: OrderId): Promise<RefundsOnRecord> =>
    refundsOnRecord(await log.read(orderId));

/** What a merchant copies from the channel's console. */
export function credentialFrom(route: Route): string {
  const answer = route.handle({
    params: {},
    query: new URLSearchParams(),
    headers: {},
    target: '/v1/credential',
    text: '',
    body: undefined,
  });
  return JSON.stringify((answer as Answer).body);
}
