/** What stands for the gateway's staff and for time: README.md has the requests. */
import * as z from 'zod';
import { HttpError, parse, type Route } from '../shared/http.ts';
import { KEY } from '../shared/routes.ts';
import { newestOf } from './challenge.ts';
import type { IntentBook } from './intent-book.ts';
import type { Shown } from './intent-state.ts';
import type { Refunds } from './refunds.ts';
import { Refusal } from './refusal.ts';
import { pageAt, shownIntent, shownRefund } from './shown.ts';

const refunding = z.strictObject({ amount: z.int().min(1) });
const ending = z.strictObject({ status: z.enum(['succeeded', 'failed']) });
const payment = (action = ''): RegExp => new RegExp(`^/v1/payments/${KEY}${action}$`);

export function consoleRoutes(book: IntentBook, refunds: Refunds): Route[] {
  const shown = (key: string, host = ''): { status: number; body: object } => ({
    status: 200,
    body: { key, intents: book.of(key).map((each: Shown) => shownIntent(each, pageAt(host))) },
  });
  return [
    {
      method: 'GET',
      path: payment(),
      open: true,
      handle: ({ params, headers }) => {
        newestOf(book, params['key']!);
        return shown(params['key']!, headers.host);
      },
    },
    {
      method: 'POST',
      path: payment('/expire'),
      open: true,
      handle: ({ params, headers }) => {
        newestOf(book, params['key']!);
        book.expire(params['key']!);
        return shown(params['key']!, headers.host);
      },
    },
    {
      method: 'POST',
      path: payment('/unlock'),
      open: true,
      handle: ({ params, headers }) => {
        newestOf(book, params['key']!);
        book.unlock(params['key']!);
        return shown(params['key']!, headers.host);
      },
    },
    {
      method: 'POST',
      path: payment('/refund'),
      open: true,
      handle: ({ params, body, headers }) => {
        const { intent } = newestOf(book, params['key']!);
        try {
          refunds.make({ payment_intent: intent.id, ...parse(refunding, body) });
        } catch (error) {
          throw error instanceof Refusal ? new HttpError(409, 'cannot-refund', error.message) : error;
        }
        return shown(params['key']!, headers.host);
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/refunds\/(?<id>\w{1,64})\/end$/,
      open: true,
      handle: ({ params, body }) => {
        const { status } = parse(ending, body);
        try {
          const ended = refunds.end(params['id']!, status === 'failed' ? 'refund-failed' : 'refund');
          return { status: 200, body: shownRefund(ended.refund, ended.of) };
        } catch (error) {
          throw error instanceof Refusal ? new HttpError(409, 'cannot-end', error.message) : error;
        }
      },
    },
  ];
}
