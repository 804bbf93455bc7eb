import { type Answer, type Call, HttpError, parse, type Route, SILENCE } from '../shared/http.ts';
import type { Ledger } from '../shared/ledger.ts';
import { commonRoutes, KEY } from '../shared/routes.ts';
import { challengeRoutes } from './challenge.ts';
import { behaviourOf } from './magic-tokens.ts';
import { Notices } from './notices.ts';
import { Payments } from './payments.ts';
import { amountRequest, authoriseRequest, idempotencyKey, type PaymentMovement } from './protocol.ts';

const payment = (action = '') => new RegExp(`^/v1/payments/${KEY}${action}$`);

/** The protocol of README.md over `ledger`. */
export function gatewayRoutes(ledger: Ledger<PaymentMovement>, notices = new Notices()): Route[] {
  const payments = new Payments(ledger);
  const outages = new Map<string, number>();

  /** Counts attempts for a key without a payment, and is true until `times` of them were refused. */
  const isDown = (key: string, times: number): boolean => {
    const refused = outages.get(key) ?? 0;
    const down = refused < times && !payments.knows(key);
    if (down) outages.set(key, refused + 1);
    else outages.delete(key);
    return down;
  };

  const delayed = (key: string, answer: Answer): Answer => {
    const afterMs = payments.answersAfterMs(key);
    return afterMs === undefined ? answer : { ...answer, afterMs };
  };
  /** A change of a payment, answered after the delay that its token asks for. */
  const change = (carryOut: (key: string, call: Call) => Answer) => (call: Call) =>
    delayed(call.params.key!, carryOut(call.params.key!, call));

  return [
    ...commonRoutes(ledger),
    ...challengeRoutes(payments, notices),
    ...notices.routes,
    { method: 'GET', path: payment(), handle: (call) => withPage(call, payments.get(call.params.key!)) },
    {
      method: 'PUT',
      path: payment(),
      handle: (call) => {
        const { params, body } = call;
        const request = parse(authoriseRequest, body);
        const { ignored, silent, outages: times = 0 } = behaviourOf(request.token);
        if (ignored) return SILENCE;
        if (isDown(params.key!, times)) throw new HttpError(503, 'unavailable');
        const answer = payments.authorise(params.key!, request);
        return silent ? SILENCE : delayed(params.key!, withPage(call, answer));
      },
    },
    {
      method: 'PUT',
      path: payment('/authorisation'),
      handle: change((key, { headers, body }) =>
        payments.adjust(key, parse(idempotencyKey, headers['idempotency-key']), parse(amountRequest, body).amount),
      ),
    },
    {
      method: 'POST',
      path: payment('/capture'),
      handle: change((key, { body }) => payments.capture(key, parse(amountRequest, body).amount)),
    },
    {
      method: 'POST',
      path: payment('/renewal'),
      handle: change((key, { headers, body }) =>
        payments.renew(key, parse(idempotencyKey, headers['idempotency-key']), parse(amountRequest, body).amount),
      ),
    },
    { method: 'POST', path: payment('/expire'), open: true, handle: ({ params }) => payments.expire(params.key!) },
    { method: 'POST', path: payment('/void'), handle: change((key) => payments.void(key)) },
    { method: 'POST', path: payment('/unlock'), open: true, handle: ({ params }) => payments.unlock(params.key!) },
    {
      method: 'POST',
      path: payment('/refund'),
      handle: change((key, { headers, body }) =>
        payments.refund(key, parse(idempotencyKey, headers['idempotency-key']), parse(amountRequest, body).amount),
      ),
    },
  ];
}

/** An answer about a payment that is challenged says where the customer's bank asks. */
function withPage({ params, headers }: Call, answer: Answer): Answer {
  const body = answer.body as { readonly status?: string };
  if (body.status !== 'requires_action') return answer;
  return { ...answer, body: { ...body, redirectUrl: `http://${headers.host}/challenge/${params.key}` } };
}
