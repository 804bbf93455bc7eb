import type { Handler } from 'aws-lambda';
import { endpoint } from '../shared/edge/endpoint.ts';
import { limited } from '../shared/edge/limited.ts';
import { Cursors } from '../shared/http/cursor.ts';
import { queryOf } from '../shared/http/request.ts';
import { unmatchedTransfers } from './adapters/bank/deployed.ts';
import type { UnmatchedTransfers } from './application/bank-ports.ts';
import { shownTransfer } from './http/shown-transfer.ts';
import { placeInTransfers } from './http/transfer-requests.ts';
import { listTransfers } from './routes.ts';

/** `GET /api/v1/payments/transfers`: money of which nobody knows what it is for, the oldest first; for operators. */
export const makeHandler = ({ transfers }: { readonly transfers: Pick<UnmatchedTransfers, 'page'> }) =>
  endpoint(listTransfers, async (http) => {
    const { limit, cursor } = queryOf(http);
    const cursors = new Cursors(placeInTransfers, {});
    // One more than wanted tells whether there is another page.
    const found = await transfers.page(limit + 1, cursors.decode(cursor));
    const page = found.slice(0, limit);
    const { transferId = '', readAt = '' } = page.at(-1) ?? {};
    return {
      status: 200,
      body: {
        items: page.map(shownTransfer),
        ...(found.length > limit ? { next: cursors.encode({ transferId, readAt }) } : {}),
        links: { self: http.path },
      },
    };
  });

export const handler: Handler = limited(makeHandler({ transfers: unmatchedTransfers() }));
