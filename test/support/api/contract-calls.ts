/** Sends what a contract documents, as a caller that it is open to. */
import { CONTRACTS } from '../../../functions/published/contracts.ts';
import type { Contract, Example } from '../../../functions/shared/http/contract.ts';
import { callApi } from './client.ts';
import { asCustomer, bearer, type Headers } from './tokens.ts';

export const contractOf = (wanted: string): Contract => CONTRACTS.find(({ operationId }) => operationId === wanted)!;

export async function send(
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
