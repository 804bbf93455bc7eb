/** The page on which the customer's bank asks who pays (3-D Secure). */
import * as z from 'zod';
import { escaped } from '../shared/html.ts';
import { type Answer, HttpError, parse, type Route } from '../shared/http.ts';
import { KEY } from '../shared/routes.ts';
import type { IntentBook } from './intent-book.ts';
import type { Shown } from './intent-state.ts';
import type { Intents } from './intents.ts';

const answered = z.strictObject({ answer: z.enum(['pass', 'fail']) });
const path = new RegExp(`^/challenge/${KEY}$`);

export const challengeRoutes = (book: IntentBook, intents: Intents): Route[] => [
  { method: 'GET', path, open: true, handle: ({ params }) => page(newestOf(book, params['key']!)) },
  {
    method: 'POST',
    path,
    open: true,
    handle: ({ params, body }) => {
      newestOf(book, params['key']!);
      const isPassed = parse(answered, body).answer === 'pass';
      return page(book.atOnce(() => intents.answerChallenge(params['key']!, isPassed)));
    },
  },
];

/** @throws HttpError 404 */
export function newestOf(book: IntentBook, key: string): Shown {
  const [newest] = book.of(key);
  if (newest === undefined) throw new HttpError(404, 'unknown-payment');
  return newest;
}

function page({ intent: { key, returnUrl }, state: { status } }: Shown): Answer {
  const button = (answer: string, text: string) => `<button name="answer" value="${answer}">${text}</button>`;
  const form = `<form method="post" action="/challenge/${key}">${button('pass', 'It is me')}${button('fail', 'It is not me')}</form>`;
  const back = returnUrl === undefined ? '' : `<p><a href="${escaped(returnUrl)}">Back to the shop</a></p>`;
  return {
    status: 200,
    headers: { 'content-type': 'text/html;charset=utf-8' },
    body: `<!doctype html><title>Your bank (simulated)</title><h1>Is it you who pays?</h1>${status === 'requires_action' ? form : `${status}${back}`}`,
  };
}
