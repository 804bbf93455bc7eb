import type { IncomingMessage } from 'node:http';

const LOCAL_HOSTS = ['127.0.0.1', 'localhost', '[::1]'];

/**
 * Why a request comes from a web page of another site; undefined for all others. A simulated partner serves programs of its own
 * machine, but a browser would send it requests of any page that its user opens: their `Host` is a foreign name that leads to this
 * machine (DNS rebinding), or their `Origin` is a foreign site.
 */
export function foreignRequest({ method, headers }: IncomingMessage): string | undefined {
  const { host, origin, 'sec-fetch-site': site } = headers;
  if (host !== undefined && !isLocal(`http://${host}`)) {
    return `The Host is ${host}; expected ${LOCAL_HOSTS.join(' or ')}.`;
  }
  if (method === 'GET') return undefined;
  const isForeign = origin === undefined ? site === 'cross-site' : !isLocal(origin);
  return isForeign ? `Pages of other sites (${origin ?? 'not named'}) may not send ${method} requests.` : undefined;
}

/** Whether an address is one of this machine. */
export const isLocal = (url: string): boolean => URL.canParse(url) && LOCAL_HOSTS.includes(new URL(url).hostname);
