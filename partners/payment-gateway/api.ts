/** The requests of a merchant: payment intents and refunds. */
import { type Answered, type Route, SILENCE } from '../shared/http.ts';
import type { IntentBook } from './intent-book.ts';
import type { Shown } from './intent-state.ts';
import type { Intents } from './intents.ts';
import { behaviourOf } from './magic-tokens.ts';
import { type Asked, type MerchantRequests, type Outcome, UNAVAILABLE } from './merchant-requests.ts';
import type { RefundShown, Refunds } from './refunds.ts';
import * as requests from './requests.ts';
import { type Expand, expandOf, parameters } from './requests.ts';
import type { Search } from './search.ts';
import { pageAt, refundList, shownIntent, shownRefund } from './shown.ts';

const INTENTS = '/v1/payment_intents';
const REFUNDS = '/v1/refunds';

export interface ApiOptions {
  readonly book: IntentBook;
  readonly intents: Intents;
  readonly refunds: Refunds;
  readonly search: Search;
  readonly merchant: MerchantRequests;
}

export function apiRoutes({ book, intents, refunds, search, merchant }: ApiOptions): Route[] {
  /** Confirmations of an order that were answered 503. */
  const outages = new Map<string, number>();
  const isDown = ({ intent: { key } }: Shown, times: number): boolean => {
    const refused = outages.get(key) ?? 0;
    if (refused < times) outages.set(key, refused + 1);
    else outages.delete(key);
    return refused < times;
  };

  const intentOf = (shown: Shown, { host }: Asked, expand: Expand = []): Outcome => ({
    body: shownIntent(shown, pageAt(host), expand),
  });
  /** A change of an intent, answered when its card's token wants it. */
  const changed = (shown: Shown, asked: Asked, fields: Parameters<typeof expandOf>[0]): Outcome => ({
    ...intentOf(shown, asked, expandOf(fields)),
    afterMs: book.answersAfterMs(shown),
  });
  const refundOf = ({ refund, of }: RefundShown, fields: Parameters<typeof expandOf>[0]): Outcome => ({
    body: shownRefund(refund, of, expandOf(fields)),
    afterMs: book.answersAfterMs(of),
  });
  const idOf = ({ params }: Asked): string => params['id']!;

  const confirmed = (asked: Asked): Outcome => {
    const fields = parameters(requests.confirmation, asked.form);
    const shown = intents.confirm(idOf(asked), fields);
    const { silent } = behaviourOf(shown.intent.paymentMethod ?? '');
    return { ...changed(shown, asked, fields), silent };
  };
  /** A token may want no answer at all, or to be sent again. */
  const beforeConfirming = (asked: Asked): Answered | undefined => {
    const fields = parameters(requests.confirmation, asked.form);
    const shown = book.get(idOf(asked));
    const { ignored, outages: times = 0 } = behaviourOf(fields.payment_method ?? shown.intent.paymentMethod ?? '');
    if (ignored) return SILENCE;
    const isOpen = shown.state.status.startsWith('requires_') && shown.state.heldSince === undefined;
    return isOpen && isDown(shown, times) ? UNAVAILABLE : undefined;
  };

  return [
    merchant.post({
      path: INTENTS,
      carryOut: (asked) => {
        const fields = parameters(requests.creation, asked.form);
        return intentOf(intents.create(fields), asked, expandOf(fields));
      },
    }),
    merchant.get({
      path: `${INTENTS}/search`,
      carryOut: ({ form, host }) => {
        const { query, limit } = parameters(requests.search, form);
        const found = search.find(query);
        const data = found.slice(0, limit).map((shown) => shownIntent(shown, pageAt(host)));
        const has_more = found.length > limit;
        return { body: { object: 'search_result', data, has_more, next_page: null, url: `${INTENTS}/search` } };
      },
    }),
    merchant.get({
      path: `${INTENTS}/:id`,
      carryOut: (asked) => intentOf(book.get(idOf(asked)), asked, expandOf(parameters(requests.reading, asked.form))),
    }),
    merchant.post({
      path: `${INTENTS}/:id`,
      carryOut: (asked) => {
        const fields = parameters(requests.update, asked.form);
        return changed(intents.update(idOf(asked), fields), asked, fields);
      },
    }),
    merchant.post({ path: `${INTENTS}/:id/confirm`, before: beforeConfirming, carryOut: confirmed }),
    merchant.post({
      path: `${INTENTS}/:id/capture`,
      carryOut: (asked) => {
        const fields = parameters(requests.capturing, asked.form);
        return changed(intents.capture(idOf(asked), fields.amount_to_capture), asked, fields);
      },
    }),
    merchant.post({
      path: `${INTENTS}/:id/increment_authorization`,
      carryOut: (asked) => {
        const fields = parameters(requests.raise, asked.form);
        return changed(intents.raise(idOf(asked), fields.amount, asked.key), asked, fields);
      },
    }),
    merchant.post({
      path: `${INTENTS}/:id/cancel`,
      carryOut: (asked) => {
        const fields = parameters(requests.cancelling, asked.form);
        return changed(intents.cancel(idOf(asked), fields.cancellation_reason), asked, fields);
      },
    }),
    merchant.post({
      path: REFUNDS,
      carryOut: ({ form }) => {
        const fields = parameters(requests.refunding, form);
        return refundOf(refunds.make(fields), fields);
      },
    }),
    merchant.get({
      path: REFUNDS,
      carryOut: ({ form }) => {
        const { payment_intent, limit, starting_after } = parameters(requests.refundPage, form);
        return { body: refundList(refunds.page(payment_intent, starting_after), limit, starting_after) };
      },
    }),
    merchant.get({
      path: `${REFUNDS}/:id`,
      carryOut: (asked) => refundOf(refunds.get(idOf(asked)), parameters(requests.reading, asked.form)),
    }),
  ];
}
