import type { Configuration } from '../../shared/configuration/document.ts';
import type { ReturnTerms } from '../domain/return-terms.ts';
import type { ExistingOrder } from '../domain/state.ts';
import { windowEnd } from './return-window.ts';

/** The terms of the order's returns, with until when they can be requested and by when goods have to come. */
export function termsAnswer(
  order: ExistingOrder,
  terms: ReturnTerms,
  { windowDays, sendWithinDays }: Configuration['returns'],
  self: string,
) {
  const { orderId, version } = order;
  const until = windowDays === null ? undefined : windowEnd(order, windowDays);
  return {
    orderId,
    version,
    ...(windowDays === null ? {} : { windowDays }),
    ...(until === undefined ? {} : { until }),
    ...(sendWithinDays === null ? {} : { sendWithinDays }),
    ...terms,
    links: { self, order: `/api/v1/orders/${orderId}` },
  };
}
