import type { FunctionInvoker, Json, JsonObject, ServiceContext } from '../contracts.ts';
import type { AuthorizerDefinition } from './api-definition.ts';
import { GatewayError } from './gateway-error.ts';
import { decide } from './policy.ts';
import { type MatchedRequest, methodArn, requestEvent } from './proxy-event.ts';
import { headerOf } from './request.ts';

const USUAL_TTL_SECONDS = 300;
/** Identities whose answers are kept at most; the oldest go first. */
const MAX_CACHED_ANSWERS = 10_000;

interface Answer {
  readonly policy: JsonObject;
  /** For `requestContext.authorizer`. */
  readonly context: JsonObject;
}

interface CachedAnswer extends Answer {
  readonly expiresAt: number;
}

/** A Lambda authoriser: its function identifies the caller. The answer is kept for requests with the same identity. */
export class Authorizer {
  readonly #context: ServiceContext;
  readonly #invoker: FunctionInvoker;
  readonly #definition: AuthorizerDefinition;
  readonly #identitySources: readonly string[];
  readonly #tokenPattern: RegExp | undefined;
  readonly #cache = new Map<string, CachedAnswer>();

  constructor(context: ServiceContext, invoker: FunctionInvoker, definition: AuthorizerDefinition) {
    this.#context = context;
    this.#invoker = invoker;
    this.#definition = definition;
    const { identitySource, identityValidationExpression, type } = definition;
    this.#identitySources = (identitySource ?? (type === 'TOKEN' ? 'method.request.header.Authorization' : ''))
      .split(',')
      .map((source) => source.trim())
      .filter((source) => source !== '');
    this.#tokenPattern =
      identityValidationExpression === undefined ? undefined : new RegExp(`^(?:${identityValidationExpression})$`);
  }

  /** What the function sees in `requestContext.authorizer`. @throws GatewayError when the caller is refused. */
  async authorize(matched: MatchedRequest): Promise<JsonObject> {
    const identity = this.#identitySources.map((source) => identityValue(matched, source));
    if (!identity.every((value) => value !== undefined && value !== '')) throw new GatewayError('UNAUTHORIZED');
    if (this.#tokenPattern?.test(identity[0]!) === false) throw new GatewayError('UNAUTHORIZED');
    const { policy, context } = await this.#answerFor(identity as string[], matched);
    switch (decide(policy, methodArn(this.#context, matched))) {
      case 'allowed':
        return context;
      case 'denied':
        throw new GatewayError('ACCESS_DENIED', 'User is not authorized to access this resource with an explicit deny');
      case 'not-mentioned':
        throw new GatewayError('ACCESS_DENIED');
    }
  }

  async #answerFor(identity: readonly string[], matched: MatchedRequest): Promise<Answer> {
    const ttlMs = (this.#definition.resultTtlInSeconds ?? USUAL_TTL_SECONDS) * 1000;
    // An answer is kept by identity, and there is none here.
    if (ttlMs === 0 || identity.length === 0) return this.#ask(identity, matched);
    const key = JSON.stringify(identity);
    const cached = this.#cache.get(key);
    if (cached !== undefined && cached.expiresAt > this.#context.clock.now()) return cached;
    const answer = await this.#ask(identity, matched);
    this.#cache.delete(key);
    if (this.#cache.size >= MAX_CACHED_ANSWERS) this.#cache.delete(this.#cache.keys().next().value!);
    this.#cache.set(key, { ...answer, expiresAt: this.#context.clock.now() + ttlMs });
    return answer;
  }

  async #ask(identity: readonly string[], matched: MatchedRequest): Promise<Answer> {
    const { type, functionArn, name } = this.#definition;
    const arn = methodArn(this.#context, matched);
    const event =
      type === 'TOKEN'
        ? { type, methodArn: arn, authorizationToken: identity[0]! }
        : { type, methodArn: arn, ...requestEvent(this.#context, matched) };
    const { functionError, payload } = await this.#invoker
      .invoke(functionArn, JSON.stringify(event))
      .catch((error: unknown) => {
        this.#context.warn(`The authoriser ${name} cannot be asked: ${(error as Error).message}`);
        throw new GatewayError('AUTHORIZER_FAILURE');
      });
    if (functionError === undefined) return this.#read(payload);
    const { errorMessage } = JSON.parse(payload) as { errorMessage?: string };
    // With this error, and no other, a function refuses a caller that it does not know.
    if (errorMessage === 'Unauthorized') throw new GatewayError('UNAUTHORIZED');
    this.#context.warn(`The authoriser ${name} failed: ${errorMessage}`);
    throw new GatewayError('AUTHORIZER_FAILURE');
  }

  #read(payload: string): Answer {
    const { principalId, policyDocument, context = {} } = (JSON.parse(payload) ?? {}) as JsonObject;
    const isUsable =
      typeof principalId === 'string' &&
      isObject(policyDocument) &&
      isObject(context) &&
      Object.values(context).every((value) => typeof value !== 'object');
    if (!isUsable) {
      this.#context.warn(
        `The authoriser ${this.#definition.name} answered no principalId, policyDocument and flat context.`,
      );
      throw new GatewayError('AUTHORIZER_CONFIGURATION_ERROR');
    }
    // API Gateway passes every value of the context on as a string.
    const values = Object.entries(context).map(([name, value]) => [name, String(value as string | number | boolean)]);
    return { policy: policyDocument, context: { principalId, ...(Object.fromEntries(values) as JsonObject) } };
  }
}

function identityValue({ request, api, requestId }: MatchedRequest, source: string): string | undefined {
  const [, kind, name = ''] =
    /^(?:method\.request\.(header|querystring)|(stageVariables|context))\.(.+)$/
      .exec(source)
      ?.filter((part) => part !== undefined) ?? [];
  switch (kind) {
    case 'header':
      return headerOf(request, name);
    case 'querystring':
      return request.query.get(name) ?? undefined;
    case 'stageVariables':
      return api.stageVariables?.[name];
    case 'context':
      return { httpMethod: request.method, path: request.path, requestId, 'identity.sourceIp': request.sourceIp }[name];
    default:
      return undefined;
  }
}

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
