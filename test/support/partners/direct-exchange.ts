import type { PartnerExchange } from '../../../functions/shared/outbound/partner-exchange.ts';
import { type Destination, sendOnce } from '../../../functions/shared/outbound/send-once.ts';

/** The way to a partner without any policy: each request is sent once. */
export const directExchange = (destination: Destination): PartnerExchange<string> => ({
  send: (request) => sendOnce(request, destination),
});
