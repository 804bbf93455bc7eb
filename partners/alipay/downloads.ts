/** Where bills are fetched: from a link of Alipay, which lives for half a minute, or by tests. */
import { createHmac, randomBytes } from 'node:crypto';
import { HttpError, type Route } from '../shared/http.ts';
import type { Ledger } from '../shared/ledger.ts';
import { zipOf } from '../shared/zip.ts';
import { billOf } from './bills.ts';
import { BILL_TYPES, type BillType, type TradeMovement } from './protocol.ts';

const LINK_LIVES_MS = 30_000;
const BILL = `(?<type>${BILL_TYPES.join('|')})/(?<date>\\d{4}-\\d\\d-\\d\\d)`;

interface Options {
  readonly ledger: Ledger<TradeMovement>;
  /** The merchant's account. */
  readonly account: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The links of one process, and what they lead to. */
export class Downloads {
  readonly #key = randomBytes(32);
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** A link to the bill. */
  linkTo(origin: string, type: BillType, date: string): string {
    const until = this.#options.now() + LINK_LIVES_MS;
    return `${origin}/bills/${type}/${date}.csv.zip?until=${until}&token=${this.#tokenOf(type, date, until)}`;
  }

  get routes(): readonly Route[] {
    return [
      {
        method: 'GET',
        path: new RegExp(`^/bills/${BILL}\\.csv\\.zip$`),
        handle: ({ params, query }) => {
          const [type, date, until] = [params['type'] as BillType, params['date']!, Number(query.get('until'))];
          const isTrue = query.get('token') === this.#tokenOf(type, date, until);
          if (!isTrue || until < this.#options.now()) throw new HttpError(403, 'LINK_EXPIRED');
          return this.#bill(type, date);
        },
      },
      {
        method: 'GET',
        path: new RegExp(`^/v1/bills/${BILL}$`),
        handle: ({ params }) => this.#bill(params['type'] as BillType, params['date']!),
      },
    ];
  }

  #bill(type: BillType, date: string) {
    const { ledger, account, now } = this.#options;
    const body = zipOf(billOf(ledger, { type, date, account, now: now() }));
    return { status: 200, headers: { 'content-type': 'application/zip' }, body };
  }

  #tokenOf(...parts: readonly (string | number)[]): string {
    return createHmac('sha256', this.#key).update(parts.join(' ')).digest('hex');
  }
}
