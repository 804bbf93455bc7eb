/** Carries out the examples of the API document on a running instance. */

import { setTimeout as sleep } from 'node:timers/promises';
import { ORDER_ID } from '../../../functions/orders/http/contracts/examples.ts';
import type { Contract, Example } from '../../../functions/shared/http/contract.ts';
import type { Bank } from '../platform/bank.ts';
import { send } from './contract-calls.ts';
import { type Names, renamed, situation } from './situations.ts';

export class ApiExamples {
  readonly #url: string;
  readonly #bank: Bank;
  /** Examples that only read share an order. */
  readonly #shared = new Map<string, Promise<Names>>();

  constructor(url: string, bank: Bank) {
    this.#url = url;
    this.#bank = bank;
  }

  /** Sends the example's request until the answer is up to date. Resolves to the answer with the document's ids. */
  async run(contract: Contract, example: Example): Promise<{ readonly status: number; readonly body: unknown }> {
    const names = await this.#namesFor(contract, example);
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(this.#url, contract, renamed(example, names));
      const text = await answer.text();
      const type = answer.headers.get('content-type') ?? '';
      const body = renamed(type.includes('json') ? (JSON.parse(text) as unknown) : text, inverse(names));
      // Lists and searches follow the log with a delay.
      if (!isBehind(example.answer.body, body) || attempt === 100) return { status: answer.status, body };
      await sleep(100);
    }
  }

  #namesFor({ method }: Contract, { path = {}, given }: Example): Promise<Names> {
    const isAboutOrders = path.orderId === ORDER_ID || path.customerId !== undefined;
    if (given === undefined && !isAboutOrders) return Promise.resolve({});
    if (method !== 'GET') return situation(this.#url, given, this.#bank);
    const shared = this.#shared.get(given ?? '') ?? situation(this.#url, given, this.#bank);
    this.#shared.set(given ?? '', shared);
    return shared;
  }
}

/** Whether the answer has, at every level, the fields of the documented one; values may differ. */
export function hasFieldsOf(answer: unknown, documented: unknown): boolean {
  if (Array.isArray(documented)) {
    return Array.isArray(answer) && (documented.length === 0 || hasFieldsOf(answer[0], documented[0]));
  }
  if (typeof documented !== 'object' || documented === null) return typeof answer === typeof documented;
  if (typeof answer !== 'object' || answer === null) return false;
  return Object.entries(documented).every(([name, value]) =>
    hasFieldsOf((answer as Record<string, unknown>)[name], value),
  );
}

const isBehind = (documented: unknown, answer: unknown): boolean =>
  ((documented as { items?: unknown[] } | undefined)?.items?.length ?? 0) > 0 &&
  (answer as { items?: unknown[] }).items?.length === 0;

const inverse = (names: Names): Names => Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from]));
