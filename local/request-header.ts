import type { EndpointRequest } from './contracts.ts';

/** A header that is sent once, by its name in lower case. */
export function headerOf({ headers }: Pick<EndpointRequest, 'headers'>, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : value?.[0];
}
