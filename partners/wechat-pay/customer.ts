/** What the customer does in WeChat, and how refunds end. */
import * as z from 'zod';
import { HttpError, parse, type Route } from '../shared/http.ts';
import { KEY } from '../shared/routes.ts';
import type { Orders } from './orders.ts';
import { REFUND_ENDS, Refusal } from './protocol.ts';

const act = z.strictObject({ as: z.enum(['pay', 'type', 'fail']).default('pay') });
const end = z.strictObject({ as: z.enum(REFUND_ENDS).default('SUCCESS') });

export const customerRoutes = (orders: Orders): Route[] => [
  {
    method: 'POST',
    path: new RegExp(`^/v1/orders/${KEY}/act$`),
    handle: ({ params, body = {} }) => {
      orRefused(() => orders.act(params['key']!, parse(act, body).as));
      return { status: 200, body: { state: orders.known(params['key']!).state } };
    },
  },
  {
    method: 'POST',
    path: /^\/v1\/refunds\/(?<refund>[\w|*@-]{1,64})\/end$/,
    handle: ({ params, body = {} }) => {
      orRefused(() => orders.endRefund(params['refund']!, parse(end, body).as));
      return { status: 200, body: {} };
    },
  },
  {
    method: 'GET',
    path: new RegExp(`^/cashier/${KEY}$`),
    handle: ({ params }) => {
      const { number, amount, state } = orRefused(() => orders.known(params['key']!));
      const pay = `<form method="post" action="/v1/orders/${number}/act"><button>Pay</button></form>`;
      return {
        status: 200,
        headers: { 'content-type': 'text/html;charset=utf-8' },
        body: `<!doctype html><title>WeChat Pay (simulated)</title><h1>${amount} fen</h1>${state === 'NOTPAY' ? pay : state}`,
      };
    },
  },
];

function orRefused<Result>(carryOut: () => Result): Result {
  try {
    return carryOut();
  } catch (error) {
    throw error instanceof Refusal ? new HttpError(error.status, error.code) : error;
  }
}
