import { Faults } from '../shared/faults.ts';
import type { Route } from '../shared/http.ts';
import type { Ledger } from '../shared/ledger.ts';
import { commonRoutes } from '../shared/routes.ts';
import { apiRoutes } from './api.ts';
import { challengeRoutes } from './challenge.ts';
import { Clock } from './clock.ts';
import { consoleRoutes } from './console.ts';
import { IntentBook } from './intent-book.ts';
import { Intents } from './intents.ts';
import { KeptAnswers } from './kept-answers.ts';
import { FAULTS, MerchantRequests } from './merchant-requests.ts';
import { Notices } from './notices.ts';
import type { PaymentMovement } from './protocol.ts';
import { Refunds } from './refunds.ts';
import { Search } from './search.ts';
import { pageAt, shownCharge, shownIntent, shownRefund } from './shown.ts';

export interface GatewayOptions {
  /** @default in memory, and nobody is told anything */
  readonly notices?: Notices;
  /** Milliseconds since the epoch; the ledger's must be the same. @default of this machine */
  readonly clock?: Clock;
}

/** The protocol of README.md over `ledger`, and what the gateway does by itself. */
export function gatewayOver(
  ledger: Ledger<PaymentMovement>,
  { notices = new Notices(), clock = new Clock(Date.now) }: GatewayOptions = {},
) {
  const book = new IntentBook({
    ledger,
    now: clock.now,
    happened: (type, about, refund) =>
      notices.tell(about.intent.key, type, (host) => {
        if (refund !== undefined) return shownRefund(refund, about);
        return type.startsWith('charge.') ? shownCharge(about) : shownIntent(about, pageAt(host));
      }),
  });
  const intents = new Intents(book);
  const refunds = new Refunds(book);
  const search = new Search(book);
  const faults = new Faults(FAULTS);
  const kept = new KeptAnswers(ledger.database, clock.now);
  const merchant = new MerchantRequests({ ledger, kept, faults, notices });
  const routes: Route[] = [
    ...commonRoutes(ledger),
    ...challengeRoutes(book, intents),
    ...notices.routes,
    ...consoleRoutes(book, refunds),
    search.route,
    clock.route,
    { ...faults.route, open: true },
    ...apiRoutes({ book, intents, refunds, search, merchant }),
  ];
  return { routes, intents, refunds };
}

/** As `gatewayOver`. */
export const gatewayRoutes = (ledger: Ledger<PaymentMovement>, options?: GatewayOptions): Route[] =>
  gatewayOver(ledger, options).routes;
