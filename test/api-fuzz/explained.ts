/** What the fuzzer finds, and what is right all the same. An entry that does not occur fails the run. */
import type { Finding } from './findings.ts';

export interface Explanation {
  readonly reason: string;
  /** The last part of the `type` of the answer's problem document. */
  readonly problem: string;
  /** What the problem's `detail` says. @default anything */
  readonly detail?: RegExp;
  /** Whether only random requests find it: then a run may miss it. @default every run finds it */
  readonly isRandom?: true;
}

/** Requests that the document allows and the platform refuses: what JSON Schema cannot say, and what depends on what is stored. */
export const REFUSED: readonly Explanation[] = [
  {
    problem: 'invalid-cursor',
    reason: 'A cursor is text for its readers: only `next` of an answer is one.',
  },
  {
    problem: 'invalid-request',
    detail: /^from: \S+ is after `to`/,
    reason: 'JSON Schema cannot compare the two ends of a period.',
  },
  {
    problem: 'invalid-request',
    detail: /^currency: It is missing; expected the currency that the amounts are in/,
    reason: 'OpenAPI cannot say that a parameter of a query needs another one.',
  },
  {
    problem: 'invalid-request',
    detail: /^minTotal: It is more than `maxTotal`/,
    reason: 'OpenAPI cannot compare two parameters of a query.',
    isRandom: true,
  },
  {
    problem: 'invalid-request',
    detail: /^q: (Orders are found by the status|There is nothing to search for|Character \d+ is)/,
    reason:
      'What can be searched for is described in words: a pattern would have to know `status:` and invisible characters.',
  },
  {
    problem: 'invalid-request',
    detail: /^\/shippingAddress\/\w+: ("[^"]*" is no|"[^"]*" is not known in|Addresses in) /,
    reason: 'What an address needs, and how its postal codes look, depends on its country.',
  },
  {
    problem: 'invalid-request',
    detail: /^\/items: \S+ adds up to/,
    reason: 'JSON Schema cannot add up the quantities of the lines of an article.',
    isRandom: true,
  },
  {
    problem: 'invalid-request',
    detail: /^[\w./-]+: It is (longer|shorter|larger|not longer) than/,
    reason: 'JSON Schema cannot compare two settings.',
    isRandom: true,
  },
  {
    problem: 'invalid-request',
    detail: /^\/settings\/partners\/[\w-]+\/limit\//,
    reason:
      'Any part of the settings may be given; a limit alone has no default, so that a partner without one needs all of it.',
  },
  {
    problem: 'invalid-request',
    detail: /^\/words\/\w+: The template does not name it/,
    reason: 'Which words a message has, depends on its template: the list of templates has them.',
    isRandom: true,
  },
  {
    problem: 'unknown-sku',
    reason: 'The document does not list the articles of the catalogue.',
  },
  {
    problem: 'discount-not-applicable',
    reason: 'The document does not list the discount codes, and when they count.',
  },
  {
    problem: 'request-refused',
    detail: /^(This cannot be done with a task|The return is|There is nothing to refund)/,
    reason: 'The request is well formed; what is stored stands against it, such as a payment that is refunded already.',
  },
  {
    problem: 'request-refused',
    detail:
      /^(The order has no posted entry of event|The entry of event \d+ is taken back|More than is left of|The postings sum to zero)/,
    reason: 'JSON Schema cannot add up postings, and does not know which entries a book has, and what is left of them.',
  },
  {
    problem: 'request-refused',
    detail: /^There is no account \S+; the accounts are in docs\/ledger\.md/,
    reason: 'The document describes the names of accounts by a pattern; which of them there are is in the books.',
  },
  {
    problem: 'request-refused',
    detail: /^From \S+ to \S+ are -?\d+ days; expected 1 to/,
    reason: 'JSON Schema cannot compare the two ends of a period.',
  },
  {
    problem: 'request-refused',
    detail: /^The shop has no location \S+; expected one of: /,
    reason: 'The locations of a shop are settings, which the document does not list.',
  },
  {
    problem: 'request-refused',
    detail: /^Of \S+, -?\d+ units are available; expected at least/,
    reason: 'What is stored stands against it: no more goods can go than are there.',
    isRandom: true,
  },
  {
    problem: 'invalid-request',
    detail: /^\/items: It has an article more than once/,
    reason: 'JSON Schema can compare whole items, and not their articles alone.',
    isRandom: true,
  },
  {
    problem: 'request-refused',
    detail: /^The instance \S+ of \S+ is not secure/,
    reason: 'JSON Schema cannot say that plain HTTP is for this machine only.',
  },
];

export const explanationOf = ({ check, problem, detail }: Finding): Explanation | undefined =>
  check === 'positive_data_acceptance'
    ? REFUSED.find((entry) => entry.problem === problem && (entry.detail?.test(detail) ?? true))
    : undefined;
