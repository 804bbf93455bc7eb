import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError, type AwsService, type FunctionInvoker, type JsonObject, type ServiceContext } from '../contracts.ts';
import type { DynamoDbProxy } from '../dynamodb/proxy.ts';
import type { Callers } from '../iam/callers.ts';
import type { Policies } from '../iam/policies.ts';
import { permissionsFor } from '../iam/request-permissions.ts';
import { answerInvocation, invokedFunction } from './lambda-rest.ts';
import { callOf, parseInput, sendError, sendJson, type Call } from './protocol.ts';
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
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => void this.#answer(request, response));
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

  /** Ends every connection at once. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => {
      this.#server.close(resolve);
    });
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = request.headers['x-amz-target'];
    let call: Call | undefined;
    response.setHeader('x-amzn-requestid', this.#context.newId());
    try {
      if (!this.#services) throw new AwsError('ServiceUnavailable', 'The runtime is still starting.', 503);
      const body = await readBody(request);
      if (typeof target === 'string') {
        call = callOf(target);
        await this.#call(this.#services, call, request, body, response);
      } else {
        await this.#invoke(this.#services, request, body, response);
      }
    } catch (error) {
      // Who has gone, such as a function that was stopped, waits for no answer.
      if (response.destroyed || response.headersSent) return void response.destroy();
      sendError(response, this.#asAwsError(error, request), call?.service, request.headers['content-type']);
    }
  }

  async #call(services: EndpointServices, call: Call, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const { service, operation, target } = call;
    const input = parseInput(body);
    this.#authorise(services, service, operation, request, input);
    if (service === 'dynamodb') {
      const { status, headers, body: answer } = await services.dynamoDb.forward(target, body);
      response.writeHead(status, { ...headers, 'content-length': answer.length }).end(answer);
      return;
    }
    sendJson(response, 200, await services[service].handle(operation, input), request.headers['content-type']);
  }

  /** Lambda's API is REST: it has a path where the others have a header. */
  async #invoke(services: EndpointServices, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
    const functionName = invokedFunction(request);
    if (functionName === undefined) return services.pages.answer(request, response);
    this.#authorise(services, 'lambda', 'Invoke', request, { FunctionName: functionName });
    answerInvocation(response, await services.lambda.invoke(functionName, body.length === 0 ? '{}' : body.toString()));
  }

  #authorise({ callers, policies }: EndpointServices, service: string, operation: string, request: IncomingMessage, input: JsonObject): void {
    const caller = callers.identify(request.headers.authorization);
    if (caller.kind === 'operator') return;
    for (const permission of permissionsFor(service, operation, input, this.#context)) {
      policies.require(caller.roleArn, permission, caller.functionName);
    }
  }

  #asAwsError(error: unknown, { method, url, headers }: IncomingMessage): AwsError {
    if (error instanceof AwsError) return error;
    const what = headers['x-amz-target'] ?? `${method} ${url}`;
    this.#context.warn(`The endpoint failed on ${what.toString()}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return new AwsError('InternalFailure', 'The runtime failed; its warning says how.', 500);
  }
}
