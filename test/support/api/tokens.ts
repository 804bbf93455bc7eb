/** Tokens for end-to-end tests, from the issuer of the instance that they call. */
import { issuerOf, type TokenRequest, tokenFrom } from '../../../launch/clients/tokens.ts';

export type Headers = Record<string, string>;

const tokens = new Map<string, Promise<string>>();

/** The header with which a caller asks the instance at `url`; one token serves a whole test file. */
export async function bearer(url: string, request: TokenRequest): Promise<Headers> {
  const key = JSON.stringify([url, request]);
  const token = tokens.get(key) ?? issuerOf(url).then((issuer) => tokenFrom(issuer, request));
  tokens.set(key, token);
  return { authorization: `Bearer ${await token}` };
}

export const asCustomer = (url: string, id = 'C1'): Promise<Headers> => bearer(url, { sub: id, role: 'customer' });

/** @param scope space-separated */
export const asOperator = (url: string, scope = 'orders:read'): Promise<Headers> =>
  bearer(url, { sub: 'O1', role: 'operator', scope });
