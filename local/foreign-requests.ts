import type { IncomingHttpHeaders } from 'node:http';

/** This machine by its own names, with any port. What listens here is reached by no other one. */
const THIS_MACHINE = /^(?:(?:[a-z\d-]+\.)*localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;
/** Methods that change nothing; what they answer, a browser keeps from the pages of other sites. */
const SAFE_METHODS = ['GET', 'HEAD', 'OPTIONS'];

interface Request {
  readonly method?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Why a request to a port of this machine comes from a web page of another site; undefined for all others. A browser sends such
 * requests for any page that its user opens: to a name that a foreign name server has led to this machine (DNS rebinding), which
 * `Host` shows, and as forms and simple posts, for which it asks nobody, and which `Origin` and `Sec-Fetch-Site` show. Programs
 * send neither of these two.
 */
export function foreignRequest({ method = 'GET', headers }: Request): string | undefined {
  const { host, origin } = headers;
  if (host !== undefined && !THIS_MACHINE.test(host)) {
    return `The Host is ${JSON.stringify(host)}; expected this machine: 127.0.0.1, [::1] or localhost.`;
  }
  if (SAFE_METHODS.includes(method)) return undefined;
  if (origin !== undefined && !isThisMachine(origin)) {
    return `The Origin is ${JSON.stringify(origin)}; pages of other sites may not send ${method} requests.`;
  }
  return origin === undefined && headers['sec-fetch-site'] === 'cross-site'
    ? `Pages of other sites may not send ${method} requests (Sec-Fetch-Site is cross-site).`
    : undefined;
}

const isThisMachine = (origin: string): boolean => THIS_MACHINE.test(origin.replace(/^https?:\/\//i, ''));
