/** Finding payment intents by what they say: docs.stripe.com/search. What has just happened is not found yet. */
import * as z from 'zod';
import { parse, type Route } from '../shared/http.ts';
import type { IntentBook } from './intent-book.ts';
import type { Shown } from './intent-state.ts';
import { invalid } from './refusal.ts';

/** So that nobody relies on finding at once what has just been made. */
const LAG_MS = 500;

const CLAUSE =
  /^(?:metadata\[(?:'|")(?<name>[^'"]+)(?:'|")\]|(?<field>status|currency)):(?:'|")(?<value>[^'"]*)(?:'|")$/;
const settings = z.strictObject({ lagMs: z.int().min(0).max(86_400_000) });

export class Search {
  readonly #book: IntentBook;
  #lagMs = LAG_MS;

  constructor(book: IntentBook) {
    this.#book = book;
  }

  /** Newest first. @throws Refusal for a query that is none */
  find(query: string): Shown[] {
    const clauses = query.split(/ and /i).map((text) => {
      const groups = CLAUSE.exec(text.trim())?.groups;
      if (groups === undefined) throw invalid(`Cannot search for ${text}.`, undefined, 'query');
      return groups as { readonly name?: string; readonly field?: 'status' | 'currency'; readonly value: string };
    });
    const orderId = clauses.find(({ name }) => name === 'order_id')?.value;
    return this.#book
      .seenAt(this.#book.now() - this.#lagMs, orderId)
      .filter(({ intent, state }) =>
        clauses.every(({ name, field, value }) =>
          name === undefined
            ? value === (field === 'status' ? state.status : intent.currency)
            : intent.metadata[name] === value,
        ),
      );
  }

  /** Of the console: how far the search lags behind. */
  readonly route: Route = {
    method: 'PUT',
    path: /^\/v1\/search$/,
    open: true,
    handle: ({ body }) => {
      this.#lagMs = parse(settings, body).lagMs;
      return { status: 200, body: { lagMs: this.#lagMs } };
    },
  };
}
