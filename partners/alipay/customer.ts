/** What the customer does, on the cashier's page or in a test, and what the merchant's staff does on Alipay's page for merchants. */
import { randomInt } from 'node:crypto';
import * as z from 'zod';

import { escaped } from '../shared/html.ts';
import { type Answer, HttpError, parse, type Route } from '../shared/http.ts';
import { KEY } from '../shared/routes.ts';
import { Refusal, yuan } from './protocol.ts';
import type { Trade } from './trade.ts';
import type { Trades } from './trades.ts';

const refund = z.strictObject({ amount: z.int().min(1) });

export const customerRoutes = (trades: Trades): Route[] => [
  {
    method: 'POST',
    path: new RegExp(`^/v1/trades/${KEY}/refund$`),
    handle: ({ params, body }) => {
      const requestNo = Array.from({ length: 20 }, () => randomInt(10)).join('');
      orRefused(() => trades.refund(params['key']!, { requestNo, ...parse(refund, body) }));
      return { status: 200, body: { out_request_no: requestNo } };
    },
  },
  {
    method: 'GET',
    path: new RegExp(`^/cashier/${KEY}$`),
    handle: ({ params }) => cashier(orRefused(() => trades.begin(params['key']!))),
  },
  ...(['begin', 'pay', 'endRefunds'] as const).map(
    (act): Route => ({
      method: 'POST',
      path: new RegExp(`^/v1/trades/${KEY}/${{ begin: 'scan', pay: 'pay', endRefunds: 'end-refunds' }[act]}$`),
      handle: ({ params }) => {
        orRefused(() => trades[act](params['key']!));
        return { status: 200, body: { status: trades.find(params['key']!)?.status } };
      },
    }),
  ),
];

/** The page that lets the customer pay, or leave. */
export function cashier({ number, amount, subject, status }: Trade, returnUrl?: string): Answer {
  const leave = returnUrl === undefined ? '' : `<a href="${escaped(returnUrl)}">Back to the shop</a>`;
  const pay =
    status === 'WAIT_BUYER_PAY'
      ? `<form method="post" action="/v1/trades/${number}/pay"><button>Pay</button></form>`
      : status;
  return {
    status: 200,
    headers: { 'content-type': 'text/html;charset=utf-8' },
    body: `<!doctype html><title>Alipay (simulated)</title><h1>¥${yuan(amount)}</h1><p>${escaped(subject)}</p>${pay}${leave}`,
  };
}

function orRefused<Result>(act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw error instanceof Refusal ? new HttpError(409, error.subCode) : error;
  }
}
