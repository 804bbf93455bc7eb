/** Carries out the examples of the API document on a running instance. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ARTICLE } from '../../../functions/inventory/http/contracts/shown-stock.ts';
import { BOOKED_TRANSFER } from '../../../functions/ledger/http/contracts/transfer-books.ts';
import { ORDER_ID, RETURN_ID } from '../../../functions/orders/http/contracts/examples.ts';
import { INSTANCE } from '../../../functions/partners/http/contracts/partners.ts';
import { TRANSFER_ID } from '../../../functions/payments/http/contracts/transfers.ts';
import { CONTRACTS } from '../../../functions/published/contracts.ts';
import { TASK_ID } from '../../../functions/recovery/http/contracts/examples.ts';
import type { Contract, Example } from '../../../functions/shared/http/contract.ts';
import type { Bank } from '../platform/bank.ts';
import { eventually } from '../run/eventually.ts';
import { callApi } from './client.ts';
import { finalOrder, post } from './order-requests.ts';
import { commandTask, orderWithLockedPayment, reviewOf, undoTaskOf } from './task-requests.ts';
import { asCustomer, bearer, type Headers } from './tokens.ts';

/** Ids in the document's examples, and the ids that they stand for here. */
type Entries = { readonly items: readonly { readonly transferId?: string }[] };
type Names = Readonly<Record<string, string>>;

const contractOf = (wanted: string): Contract => CONTRACTS.find(({ operationId }) => operationId === wanted)!;

/** Most situations follow from another one by a command. */
const SITUATIONS: Readonly<Record<string, (url: string, bank?: Bank) => Promise<Names>>> = {
  'a transfer without a reference': async (_, bank) => ({ [TRANSFER_ID]: await bank!.payWithoutReference(12_900) }),
  'a transfer without a reference that is booked': async (url, bank) => {
    const transferId = await bank!.payWithoutReference(12_900);
    const query = { account: 'unmatched', limit: '100' };
    const example = { name: '', summary: '', query, answer: { status: 200 } };
    await eventually('the book of the transfer', async () => {
      const { items } = (await (await send(url, contractOf('listEntries'), example)).json()) as Entries;
      return items.some((entry) => entry.transferId === transferId) || undefined;
    });
    return { [BOOKED_TRANSFER]: transferId };
  },
  'a held order': async (url) => {
    const orderId = await placed(url, { items: [{ sku: 'TSHIRT', quantity: 100 }] });
    return { [ORDER_ID]: orderId, [TASK_ID]: reviewOf(orderId) };
  },
  'a confirmed order': async (url) => {
    const orderId = await placed(url, { discountCodes: ['TEN-PERCENT'] });
    await finalOrder(url, orderId);
    return { [ORDER_ID]: orderId };
  },
  'a confirmed order that is booked': async (url) => {
    const names = await situation(url, 'a confirmed order');
    const example = { name: '', summary: '', path: { orderId: names[ORDER_ID]! }, answer: { status: 200 } };
    await eventually('the books of the order', async () => {
      const book = (await (await send(url, contractOf('getOrderBook'), example)).json()) as { postedUpTo: number };
      return book.postedUpTo > 0 || undefined;
    });
    return names;
  },
  'a shipped order': async (url) => after(url, 'a confirmed order', 'shipOrder'),
  'a delivered order': async (url) => after(url, 'a shipped order', 'deliverOrder'),
  'no stock': async () => ({ [ARTICLE]: `TEAPOT-${randomUUID()}` }),
  'an article with stock': async (url) => stocked(url, `TEAPOT-${randomUUID()}`),
  'no instance': async () => ({ [INSTANCE]: `instance-${randomUUID()}` }),
  'an instance': async (url) => registered(url, `instance-${randomUUID()}`),
  'a cancelled order whose payment is still captured': async (url) => {
    const orderId = await orderWithLockedPayment(url);
    return { [ORDER_ID]: orderId, [TASK_ID]: undoTaskOf(orderId) };
  },
  'a cancelled order whose payment another operator wants to write off': async (url) => {
    const orderId = await orderWithLockedPayment(url);
    await commandTask(url, orderId, 'write-off', { comment: 'A voucher instead.' }, { by: 'O2' });
    return { [ORDER_ID]: orderId, [TASK_ID]: undoTaskOf(orderId) };
  },
  'a delivered order with a return': async (url) => after(url, 'a delivered order', 'requestReturn'),
  'a delivered order whose return was received': async (url) =>
    after(url, 'a delivered order with a return', 'receiveReturn'),
};

/** Brings about what has happened before an example. @param bank for what happens there */
export function situation(url: string, given = 'a confirmed order', bank?: Bank): Promise<Names> {
  const bringAbout = SITUATIONS[given];
  if (!bringAbout) throw new Error(`Tests do not know how to bring about ${given}.`);
  return bringAbout(url, bank);
}

async function placed(url: string, over: object): Promise<string> {
  const createOrder = contractOf('createOrder');
  const answer = await post(
    url,
    { ...(createOrder.examples[0]!.body as object), ...over },
    await allowed(url, createOrder),
  );
  if (answer.status !== 202) throw new Error(`createOrder answered ${answer.status}: ${await answer.text()}`);
  return ((await answer.json()) as { orderId: string }).orderId;
}

/** An instance of the carrier at the carrier's own address: an example may say that it lives, and it then gets calls. */
async function registered(url: string, id: string): Promise<Names> {
  const listed = await send(url, contractOf('listPartners'), { name: '', summary: '', answer: { status: 200 } });
  const { partners } = (await listed.json()) as { partners: { name: string; fallbackUrl: string }[] };
  const { hostname: host, port } = new URL(partners.find(({ name }) => name === 'carrier')!.fallbackUrl);
  const contract = contractOf('registerInstance');
  const body = { ...(contract.examples[0]!.body as object), id, host, port: Number(port), secure: false };
  const answer = await send(url, contract, { ...contract.examples[0]!, body });
  if (answer.status !== 201) throw new Error(`registerInstance answered ${answer.status}: ${await answer.text()}`);
  return { [INSTANCE]: id };
}

async function stocked(url: string, sku: string): Promise<Names> {
  const contract = contractOf('moveStock');
  const names = { [ARTICLE]: sku };
  const answer = await send(url, contract, renamed(contract.examples[0]!, names));
  if (answer.status !== 201) throw new Error(`moveStock answered ${answer.status}: ${await answer.text()}`);
  return names;
}

/** Carries out the first example of the command. */
async function after(url: string, given: string, operationId: string): Promise<Names> {
  const contract = contractOf(operationId);
  const names = await situation(url, given);
  const answer = await send(url, contract, renamed(contract.examples[0]!, names));
  if (answer.status >= 300) {
    throw new Error(`${contract.operationId} answered ${answer.status}: ${await answer.text()}`);
  }
  const { returnId } = (await answer.json()) as { returnId?: string };
  return returnId === undefined ? names : { ...names, [RETURN_ID]: returnId };
}

async function send(
  url: string,
  contract: Contract,
  { by, path: parts = {}, query = {}, headers = {}, body }: Example,
): Promise<Response> {
  const filled = contract.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name]!));
  const search = new URLSearchParams(query).toString();
  const caller = by === 'a customer' ? await asCustomer(url) : await allowed(url, contract);
  return callApi(url, `${filled}${search ? `?${search}` : ''}`, {
    method: contract.method,
    headers: {
      ...caller,
      ...(headers as Headers),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** The header of an allowed caller: a customer where customers are allowed, otherwise an operator with just the scope. */
export function allowed(url: string, { callers }: Contract): Promise<Headers> | Headers {
  if (callers === 'anyone') return {};
  return callers.customers
    ? bearer(url, { sub: 'C1', role: 'customer', name: 'Li Wei' })
    : bearer(url, { sub: 'O1', role: 'operator', scope: callers.operators! });
}

export interface Caller {
  /** Whether the caller is allowed; any request of another caller must be refused. */
  readonly isWelcome: boolean;
  readonly headers: Headers;
}

/** An allowed caller and others: one with other orders, wrong roles or scopes, expired or foreign tokens, no token. */
export async function callersOf(url: string, contract: Contract): Promise<Caller[]> {
  const { callers, path } = contract;
  // Customers have orders of their own; all else that is open to them is open to each.
  const isForEachCustomer = callers !== 'anyone' && callers.customers === true && !path.startsWith('/orders');
  const isOpen = callers === 'anyone';
  const token = await bearer(url, { sub: 'O2', role: 'operator', scope: 'orders:read' });
  const otherCustomer = await bearer(url, { sub: 'C2', role: 'customer' });
  const strangers: Headers[] = [
    ...(isOpen || callers.operators !== undefined ? [] : [token]),
    ...(isOpen || isForEachCustomer ? [] : [otherCustomer]),
    await bearer(url, { sub: 'O3', role: 'operator', scope: '' }),
    await bearer(url, { sub: 'C1', role: 'customer', expires_in: -60 }),
    await bearer(url, { sub: 'C1', role: 'customer', audience: 'another-api' }),
    { authorization: `${token.authorization}x` },
    { authorization: 'Bearer e30.e30.' },
    { authorization: 'Basic QzE6' },
    {},
  ];
  return [
    { isWelcome: true, headers: await allowed(url, contract) },
    ...(isForEachCustomer ? [{ isWelcome: true, headers: otherCustomer }] : []),
    ...strangers.map((headers) => ({ isWelcome: isOpen, headers })),
  ];
}

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
    const shared = this.#shared.get(given ?? '') ?? situation(this.#url, given);
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

function renamed<Value>(value: Value, names: Names): Value {
  const text = Object.entries(names).reduce((all, [from, to]) => all.replaceAll(from, to), JSON.stringify(value));
  return JSON.parse(text) as Value;
}

const inverse = (names: Names): Names => Object.fromEntries(Object.entries(names).map(([from, to]) => [to, from]));
