import { RequestHash } from './request-hash.ts';

/**
 * Makes an SDK client as functions use it: without the parts that cost time on every call and that no function needs. A
 * function makes two to six calls an invocation, and the SDK is most of what it does.
 * See docs/decisions/0055-trimmed-sdk-clients.md.
 */
export function sdkClient<Config, Client extends Trimmed>(
  Kind: new (config: Config) => Client,
  config: Config,
): Client {
  const client = new Kind({ ...config, sha256: RequestHash });
  // It copies each request and each answer for a logger that clients of functions do not have.
  client.middlewareStack.remove('loggerMiddleware');
  return client;
}

/** What all of the SDK's clients have. */
interface Trimmed {
  readonly middlewareStack: { remove(name: string): boolean };
}
