/** The cookie by which the issuer knows a browser again. */
import type { IncomingHttpHeaders } from 'node:http';

/** Browsers keep cookies by host, and many issuers run on this machine: each has a name of its own. */
const nameAt = (issuer: string): string => `waybill-identity-${new URL(issuer).port}`;

export function cookieOf(issuer: string, { cookie = '' }: IncomingHttpHeaders): string | undefined {
  const start = `${nameAt(issuer)}=`;
  return cookie
    .split('; ')
    .find((each) => each.startsWith(start))
    ?.slice(start.length);
}

/** Until the browser is closed. It comes along when a page of another port leads here, and with no request that such a page sends by itself. */
export const newCookie = (issuer: string, id: string): string =>
  `${nameAt(issuer)}=${id}; Path=/; HttpOnly; SameSite=Lax`;

export const noCookie = (issuer: string): string => `${newCookie(issuer, '')}; Max-Age=0`;
