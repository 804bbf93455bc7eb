import type { IncomingMessage } from 'node:http';
import {
  AwsError,
  type FunctionInvoker,
  type InvocationResult,
  type JsonObject,
  type ServiceContext,
} from '../contracts.ts';
import type { IntegrationDefinition, MethodDefinition, RestApiDefinition } from './api-definition.ts';
import { Authorizer } from './authorizer.ts';
import { compressed } from './compression.ts';
import { GatewayError } from './gateway-error.ts';
import { GatewayResponses } from './gateway-response.ts';
import type { HttpAnswer } from './http-answer.ts';
import { MalformedAnswer, parseAnswer } from './proxy-answer.ts';
import { commonLogTime, isBinary, type MatchedRequest, proxyEvent } from './proxy-event.ts';
import { type HttpRequest, headerOf, parseRequest, readBody } from './request.ts';
import { RequestValidation } from './request-validation.ts';
import { type Match, Router } from './router.ts';
import { type ContextVariables, render, valueOf } from './templates.ts';
import { Throttle } from './throttle.ts';
import { Turns } from './turns.ts';

const LONGEST_INTEGRATION_MS = 29_000;

type ProxyIntegration = Extract<IntegrationDefinition, { type: 'AWS_PROXY' }>;

/** One REST API: from a request to its answer. */
export class RestApi {
  readonly definition: RestApiDefinition;
  readonly #context: ServiceContext;
  readonly #invoker: FunctionInvoker;
  readonly #router: Router;
  readonly #turns: Turns;
  readonly #throttle: Throttle;
  readonly #responses: GatewayResponses;
  readonly #authorizers: ReadonlyMap<string, Authorizer>;
  readonly #validations: ReadonlyMap<MethodDefinition, RequestValidation>;

  /** @throws Error for what this runtime does not have. */
  constructor(context: ServiceContext, invoker: FunctionInvoker, definition: RestApiDefinition) {
    this.#context = context;
    this.#invoker = invoker;
    this.definition = definition;
    this.#router = new Router(definition);
    this.#turns = new Turns(context.clock);
    this.#throttle = new Throttle(context.clock, definition.methodLimits ?? []);
    this.#responses = new GatewayResponses(definition.gatewayResponses ?? []);
    this.#authorizers = new Map(
      (definition.authorizers ?? []).map((authorizer) => [authorizer.id, new Authorizer(context, invoker, authorizer)]),
    );
    this.#validations = new Map(definition.methods.map((method) => [method, new RequestValidation(method)]));
    for (const method of definition.methods) this.#checkAuthorization(method);
  }

  /** Never rejects: every failure has an answer. */
  answer(message: IncomingMessage): Promise<HttpAnswer> {
    return this.#turns.inTurn(message.headers.authorization ?? '', () => this.#answer(message));
  }

  async #answer(message: IncomingMessage): Promise<HttpAnswer> {
    const requestId = this.#context.newId();
    const receivedAt = this.#context.clock.now();
    const request = parseRequest(message);
    this.#context.meter.count('apigateway.requests', this.definition.name);
    const match = this.#router.match(request.method, request.path);
    const answer = await this.#handle({ message, request, match, requestId, receivedAt }).catch(
      async (error: unknown) => {
        const refusal = this.#asGatewayError(error, request);
        // A client that is still sending does not read: a refusal that needed no body waits for the end of the body.
        if (refusal.responseType !== 'REQUEST_TOO_LARGE') await readBody(message).catch(() => undefined);
        return this.#responses.answer(refusal, this.#variables(request, requestId, receivedAt));
      },
    );
    this.#measure(answer.status, this.#context.clock.now() - receivedAt, match);
    const { minimumCompressionSize } = this.definition;
    const sent = await compressed(answer, minimumCompressionSize, headerOf(request, 'accept-encoding'));
    return { ...sent, headers: { ...sent.headers, 'x-amzn-requestid': [requestId] } };
  }

  #measure(status: number, latency: number, match: Match | undefined): void {
    const values = { Count: 1, '4XXError': status >= 400 && status < 500, '5XXError': status >= 500, Latency: latency };
    const ApiName = this.definition.name;
    const apart = match !== undefined && this.#isMeasured(match) ? [this.#dimensionsOf(match)] : [];
    for (const dimensions of [{ ApiName }, ...apart]) {
      for (const [name, value] of Object.entries(values)) {
        this.#context.metrics.put({ namespace: 'AWS/ApiGateway', dimensions, name, value: Number(value) });
      }
    }
  }

  #isMeasured({ resourcePath, method: { httpMethod } }: Match): boolean {
    const { measured = [] } = this.definition;
    return measured.some(
      (setting) => ['/*', resourcePath].includes(setting.path) && ['*', httpMethod].includes(setting.httpMethod),
    );
  }

  #dimensionsOf({ resourcePath, method: { httpMethod } }: Match): Readonly<Record<string, string>> {
    const { name, stageName } = this.definition;
    return { ApiName: name, Resource: resourcePath, Method: httpMethod, Stage: stageName };
  }

  async #handle({
    message,
    request,
    match,
    requestId,
    receivedAt,
  }: {
    readonly message: IncomingMessage;
    readonly request: HttpRequest;
    readonly match: Match | undefined;
    readonly requestId: string;
    readonly receivedAt: number;
  }): Promise<HttpAnswer> {
    if (match === undefined) throw new GatewayError('MISSING_AUTHENTICATION_TOKEN');
    this.#throttle.take(match);
    const { method } = match;
    const matched: MatchedRequest = { api: this.definition, request, match, requestId, receivedAt };
    const authorizer =
      method.authorizerId === undefined
        ? undefined
        : await this.#authorizers.get(method.authorizerId)!.authorize(matched);
    const validation = this.#validations.get(method)!;
    validation.checkParameters(request);
    const body = await readBody(message);
    validation.checkBody(request, body);
    const { integration } = method;
    if (integration.type === 'MOCK') return mockAnswer(integration, this.#variables(request, requestId, receivedAt));
    return this.#invoke(integration, matched, body, authorizer);
  }

  async #invoke(
    integration: ProxyIntegration,
    matched: MatchedRequest,
    body: Buffer,
    authorizer?: JsonObject,
  ): Promise<HttpAnswer> {
    const payload = JSON.stringify(proxyEvent(this.#context, matched, body, authorizer));
    const timeoutMs = Math.min(integration.timeoutMs ?? LONGEST_INTEGRATION_MS, LONGEST_INTEGRATION_MS);
    const result = await this.#withTimeout(this.#invoker.invoke(integration.functionArn, payload), timeoutMs);
    // The error is in the function's own log; a timeout of the function is an error, too.
    if (result.functionError !== undefined) throw new GatewayError('BAD_GATEWAY');
    return parseAnswer(result.payload, isBinary(this.definition, headerOf(matched.request, 'accept')));
  }

  #withTimeout(invocation: Promise<InvocationResult>, timeoutMs: number): Promise<InvocationResult> {
    const { clock } = this.#context;
    return new Promise((resolve, reject) => {
      const cancel = clock.at(clock.now() + timeoutMs, () => reject(new GatewayError('INTEGRATION_TIMEOUT')));
      invocation.finally(cancel).then(resolve, reject);
    });
  }

  #asGatewayError(error: unknown, { method, path }: HttpRequest): GatewayError {
    if (error instanceof GatewayError) return error;
    if (error instanceof AwsError && error.code === 'RequestTooLargeException') {
      return new GatewayError('REQUEST_TOO_LARGE');
    }
    const { message } = error as Error;
    if (error instanceof MalformedAnswer || error instanceof SyntaxError) {
      this.#context.warn(`The function behind ${method} ${path} gave a malformed answer: ${message}`);
      return new GatewayError('BAD_GATEWAY');
    }
    this.#context.warn(`${method} ${path} could not be handled: ${message}`);
    return new GatewayError('INTEGRATION_FAILURE');
  }

  #variables(
    { method, path, protocol, sourceIp }: HttpRequest,
    requestId: string,
    receivedAt: number,
  ): ContextVariables {
    const { id, stageName } = this.definition;
    return {
      'context.requestId': requestId,
      'context.extendedRequestId': requestId,
      'context.httpMethod': method,
      'context.path': path,
      'context.protocol': protocol,
      'context.identity.sourceIp': sourceIp,
      'context.apiId': id,
      'context.stage': stageName,
      'context.accountId': this.#context.account,
      'context.requestTime': commonLogTime(receivedAt),
      'context.requestTimeEpoch': receivedAt,
    };
  }

  #checkAuthorization({ httpMethod, authorizationType = 'NONE', authorizerId }: MethodDefinition): void {
    if (authorizationType !== 'NONE' && authorizationType !== 'CUSTOM') {
      throw new Error(
        `A method ${httpMethod} is authorised by ${authorizationType}; this runtime has Lambda authorisers only.`,
      );
    }
    const known = authorizerId !== undefined && this.#authorizers.has(authorizerId);
    if ((authorizationType === 'CUSTOM') !== known) {
      throw new Error(`A method ${httpMethod} names no authoriser of the API, or has one and does not use it.`);
    }
  }
}

function mockAnswer(
  { statusCode, headers = {}, body = '' }: Extract<IntegrationDefinition, { type: 'MOCK' }>,
  variables: ContextVariables,
): HttpAnswer {
  const entries = Object.entries(headers).map(
    ([name, expression]) => [name.toLowerCase(), [valueOf(expression, variables)]] as const,
  );
  return {
    status: statusCode,
    headers: { 'content-type': ['application/json'], ...Object.fromEntries(entries) },
    body: Buffer.from(render(body, variables)),
  };
}
