import { type Command, keepHandlers } from './kept-handlers.ts';
import { RequestHash } from './request-hash.ts';

/** For audits: which function made a request, on which runtime. */
const USER_AGENT = ['waybill', process.env.AWS_LAMBDA_FUNCTION_NAME, process.env.AWS_EXECUTION_ENV]
  .filter((part) => part !== undefined)
  .join(' ');
/** The name under which the SDK knows the middleware of the user agent. */
const USER_AGENT_MIDDLEWARE = 'getUserAgentMiddleware';

/**
 * Makes an SDK client as functions use it: without the parts that cost time on every call and that no function needs. A
 * function makes two to six calls an invocation, and the SDK is most of what it does.
 * See docs/decisions/0055-trimmed-sdk-clients.md and docs/decisions/0099-what-is-the-same-for-each-call-is-made-once.md.
 */
export function sdkClient<Config, Client extends Trimmed>(
  Kind: new (config: Config) => Client,
  config: Config,
): Client {
  const client = new Kind({ ...config, sha256: RequestHash });
  const { middlewareStack } = client;
  // It copies each request and each answer for a logger that clients of functions do not have.
  middlewareStack.remove('loggerMiddleware');
  // It puts the same text together again for each request, with the features of the SDK that the request uses.
  middlewareStack.remove(USER_AGENT_MIDDLEWARE);
  middlewareStack.add(withUserAgent, { name: USER_AGENT_MIDDLEWARE, step: 'build', priority: 'low' });
  client.config.signer = sameSigner(client.config.signer);
  // Each call copies the configuration three times. V8 keeps so large an object as a hash table, which it copies slowly, unless the
  // object is a prototype.
  Object.create(client.config);
  keepHandlers<Command>(client as never, (first) => first.resolveMiddleware(middlewareStack, client.config));
  return client;
}

/** The SDK makes a signer for each request; they differ in nothing. */
function sameSigner(make: MakeSigner): MakeSigner {
  let made: Promise<unknown> | undefined;
  return (scheme) => (made ??= make(scheme));
}

const withUserAgent =
  <Arguments extends { readonly request: unknown }, Answer>(next: (given: Arguments) => Promise<Answer>) =>
  (given: Arguments): Promise<Answer> => {
    (given.request as { readonly headers: Record<string, string> }).headers['user-agent'] = USER_AGENT;
    return next(given);
  };

type MakeSigner = (scheme?: never) => Promise<unknown>;

/** What all of the SDK's clients have. */
interface Trimmed {
  readonly config: object & { signer: MakeSigner };
  readonly middlewareStack: {
    remove(name: string): boolean;
    add(middleware: typeof withUserAgent, options: { name: string; step: 'build'; priority: 'low' }): void;
  };
}
