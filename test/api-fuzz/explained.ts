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
    problem: 'invalid-request',
    detail: /^If-Match: expected the ETag/,
    reason: 'schemathesis sends 0 for a pattern that needs "0" with its quotes, and takes it for valid.',
  },
  {
    problem: 'invalid-cursor',
    reason: 'A cursor is text for its readers: only `next` of an answer is one.',
  },
  {
    problem: 'invalid-request',
    detail: /^from: This is after/,
    reason: 'JSON Schema cannot compare the two ends of a period.',
  },
  {
    problem: 'invalid-request',
    detail: /^q: /,
    reason:
      'What can be searched for is described in words: a pattern would have to know `status:` and invisible characters.',
  },
  {
    problem: 'invalid-request',
    detail: /^\/shippingAddress\//,
    reason: 'What an address needs depends on its country.',
  },
  {
    problem: 'invalid-request',
    detail: /^\/items: \S+ adds up to/,
    reason: 'JSON Schema cannot add up the quantities of the lines of an article.',
    isRandom: true,
  },
  {
    problem: 'invalid-request',
    detail: /^[\w.]+: It is longer than/,
    reason: 'JSON Schema cannot compare two settings.',
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
    reason: 'The request is well formed; what is stored stands against it, such as a payment that is refunded already.',
  },
];

export const explanationOf = ({ check, problem, detail }: Finding): Explanation | undefined =>
  check === 'positive_data_acceptance'
    ? REFUSED.find((entry) => entry.problem === problem && (entry.detail?.test(detail) ?? true))
    : undefined;
