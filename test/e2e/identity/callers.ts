import { beforeAll } from 'vitest';
import { callApi } from '../../support/api/client.ts';
import { confirmedOrder } from '../../support/api/order-requests.ts';
import type { Headers } from '../../support/api/tokens.ts';
import { logOf } from '../../support/platform/running.ts';
import type { SuitePlatform } from '../../support/platform/suite-platform.ts';
import { eventually } from '../../support/run/eventually.ts';

/** The claims of the customer that the order belongs to. */
export const CUSTOMER = { sub: 'C1', role: 'customer' };

/** Requests of several callers, about one confirmed order of the customer C1. */
export interface Callers {
  readonly orderId: string;
  /** Asks for a path below `/api/v1/`. */
  get(route: string, headers?: Headers): Promise<Response>;
  /** Reads the order with this bearer token. */
  withToken(token: string): Promise<Response>;
}

/** Places the order before the tests of the file. */
export function callersOf(platform: SuitePlatform): Callers {
  let orderId = '';
  beforeAll(async () => {
    ({ orderId } = await confirmedOrder(platform.instance.url));
  });

  const get = (route: string, headers: Headers = {}) => callApi(platform.instance.url, `/${route}`, { headers });
  return {
    get orderId() {
      return orderId;
    },
    get,
    withToken: (token) => get(`orders/${orderId}`, { authorization: `Bearer ${token}` }),
  };
}

/** Everything that the authoriser has logged so far. */
export const authoriserLog = ({ instance }: SuitePlatform): Promise<string> => logOf(instance, 'AuthoriseRequest');

/** What the authoriser logs after its first `length` characters. Waits for `pattern`, as a log is written after the answer. */
export async function authoriserLogSince(platform: SuitePlatform, length: number, pattern: RegExp): Promise<string> {
  return eventually(`${pattern} in the log`, async () => {
    const log = (await authoriserLog(platform)).slice(length);
    return pattern.test(log) ? log : undefined;
  });
}
