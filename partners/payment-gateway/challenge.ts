/** The page on which the customer's bank asks who pays (3-D Secure). */
import * as z from 'zod';
import { type Answer, parse, type Route } from '../shared/http.ts';
import { KEY } from '../shared/routes.ts';
import type { Notices } from './notices.ts';
import type { Payments } from './payments.ts';

const answered = z.strictObject({ answer: z.enum(['pass', 'fail']) });

export const challengeRoutes = (payments: Payments, notices: Notices): Route[] => [
  {
    method: 'GET',
    path: new RegExp(`^/challenge/${KEY}$`),
    open: true,
    handle: ({ params }) => page(params['key']!, payments.statusOf(params['key']!)),
  },
  {
    method: 'POST',
    path: new RegExp(`^/challenge/${KEY}$`),
    open: true,
    handle: ({ params, body }) => {
      const key = params['key']!;
      const isOver = payments.answerChallenge(key, parse(answered, body).answer === 'pass');
      const status = payments.statusOf(key);
      if (isOver) notices.tell(key, `payment.${status}`);
      return page(key, status);
    },
  },
];

function page(key: string, status: string): Answer {
  const button = (answer: string, text: string) => `<button name="answer" value="${answer}">${text}</button>`;
  const form = `<form method="post" action="/challenge/${key}">${button('pass', 'It is me')}${button('fail', 'It is not me')}</form>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/html;charset=utf-8' },
    body: `<!doctype html><title>Your bank (simulated)</title><h1>Is it you who pays?</h1>${status === 'requires_action' ? form : status}`,
  };
}
