import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AwsError,
  type AwsService,
  type EndpointAnswer,
  type EndpointRequest,
  type FunctionInvoker,
  type JsonObject,
  type ServiceContext,
} from '../contracts.ts';
import type { DynamoDbProxy } from '../dynamodb/proxy.ts';
import type { Callers } from '../iam/callers.ts';
import type { Policies } from '../iam/policies.ts';
import { permissionsFor } from '../iam/request-permissions.ts';
import { invocationAnswer, invokedFunction } from './lambda-rest.ts';
import { type Call, callOf, errorAnswer, headerOf, jsonAnswer, parseInput } from './protocol.ts';
import { readBody } from './read-body.ts';
import type { RuntimePages } from './runtime-pages.ts';

export interface EndpointServices {
  readonly dynamoDb: Pick<DynamoDbProxy, 'forward'>;
  readonly states: AwsService;
  readonly events: AwsService;
  readonly sqs: AwsService;
  readonly lambda: FunctionInvoker;
  readonly callers: Callers;
  readonly policies: Policies;
  readonly pages: Pick<RuntimePages, 'answer'>;
}

/** Longer than SDK clients keep idle connections, so that it is they who close them. */
const KEEP_ALIVE_MS = 60_000;

/**
 * The one address that SDK clients are given (`AWS_ENDPOINT_URL`): tells services apart as AWS's host names do, checks
 * what the caller's role may do, and answers in the services' wire format.
 */
export class AwsEndpoint {
  readonly #context: ServiceContext;
  readonly #server: Server;
  #services: EndpointServices | undefined;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#server = createServer(
      { keepAliveTimeout: KEEP_ALIVE_MS },
      (request, response) => void this.#serveHttp(request, response),
    );
  }

  /** Listens on a free port of 127.0.0.1. Resolves to the URL; requests are answered once `serve` was called. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  serve(services: EndpointServices): void {
    this.#services = services;
  }

  /** Answers one request, however it came. Never rejects: every failure has an answer. */
  async answer(request: EndpointRequest): Promise<EndpointAnswer> {
    const requestId = this.#context.newId();
    const { status, headers, body } = await this.#handle(request).catch((error: unknown) =>
      this.#refuse(error, request),
    );
    return { status, headers: { 'x-amzn-requestid': requestId, ...headers }, body };
  }

  /** Ends every connection at once. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => {
      this.#server.close(resolve);
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #serveHttp(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = { method: message.method ?? '', path: message.url ?? '', headers: message.headers };
    let answer: EndpointAnswer;
    try {
      answer = await this.answer({ ...request, body: await readBody(message) });
    } catch (error) {
      // Who has gone, such as a program that was stopped, waits for no answer.
      if (response.destroyed) return;
      answer = this.#refuse(error, { ...request, body: '' });
    }
    response
      .writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
      .end(answer.body);
  }

  async #handle(request: EndpointRequest): Promise<EndpointAnswer> {
    const services = this.#services;
    if (!services) throw new AwsError('ServiceUnavailable', 'The runtime is still starting.', 503);
    const target = headerOf(request, 'x-amz-target');
    return target === undefined ? this.#invoke(services, request) : this.#call(services, callOf(target), request);
  }

  async #call(
    services: EndpointServices,
    { service, operation, target }: Call,
    request: EndpointRequest,
  ): Promise<EndpointAnswer> {
    const input = parseInput(request.body);
    this.#authorise(services, service, operation, request, input);
    if (service === 'dynamodb') return services.dynamoDb.forward(target, input);
    return jsonAnswer(200, await services[service].handle(operation, input), headerOf(request, 'content-type'));
  }

  /** Lambda's API is REST: it has a path where the others have a header. */
  async #invoke(services: EndpointServices, request: EndpointRequest): Promise<EndpointAnswer> {
    const functionName = invokedFunction(request);
    if (functionName === undefined) return services.pages.answer(request);
    this.#authorise(services, 'lambda', 'Invoke', request, { FunctionName: functionName });
    return invocationAnswer(await services.lambda.invoke(functionName, request.body === '' ? '{}' : request.body));
  }

  #authorise(
    { callers, policies }: EndpointServices,
    service: string,
    operation: string,
    request: EndpointRequest,
    input: JsonObject,
  ): void {
    const caller = callers.identify(headerOf(request, 'authorization'));
    if (caller.kind === 'operator') return;
    for (const permission of permissionsFor(service, operation, input, this.#context)) {
      policies.require(caller.roleArn, permission, caller.functionName);
    }
  }

  #refuse(error: unknown, request: EndpointRequest): EndpointAnswer {
    return errorAnswer(this.#asAwsError(error, request), request);
  }

  #asAwsError(error: unknown, request: EndpointRequest): AwsError {
    if (error instanceof AwsError) return error;
    const what = headerOf(request, 'x-amz-target') ?? `${request.method} ${request.path}`;
    this.#context.warn(
      `The endpoint failed on ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
    return new AwsError('InternalFailure', 'The runtime failed; its warning says how.', 500);
  }
}
