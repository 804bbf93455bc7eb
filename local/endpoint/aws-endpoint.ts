import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AwsError, type AwsService, type JsonObject, type ServiceContext } from '../contracts.ts';
import type { DynamoDbProxy } from '../dynamodb/proxy.ts';
import type { Callers } from '../iam/callers.ts';
import type { Policies } from '../iam/policies.ts';
import { permissionsFor } from '../iam/request-permissions.ts';
import type { LambdaService } from '../lambda/service.ts';
import { readBody } from './read-body.ts';
import type { RuntimePages } from './runtime-pages.ts';

export interface EndpointServices {
  readonly dynamoDb: DynamoDbProxy;
  readonly states: AwsService;
  readonly events: AwsService;
  readonly sqs: AwsService;
  readonly lambda: LambdaService;
  readonly callers: Callers;
  readonly policies: Policies;
  readonly pages: RuntimePages;
}

/** The services by the first part of `X-Amz-Target`, with the prefix that policies give their actions. */
const TARGETS: Readonly<Record<string, { readonly service: 'dynamodb' | 'states' | 'events' | 'sqs'; readonly contentType: string }>> = {
  DynamoDB_20120810: { service: 'dynamodb', contentType: 'application/x-amz-json-1.0' },
  DynamoDBStreams_20120810: { service: 'dynamodb', contentType: 'application/x-amz-json-1.0' },
  AWSStepFunctions: { service: 'states', contentType: 'application/x-amz-json-1.0' },
  AWSEvents: { service: 'events', contentType: 'application/x-amz-json-1.1' },
  AmazonSQS: { service: 'sqs', contentType: 'application/x-amz-json-1.0' },
};
const INVOCATION = /^\/2015-03-31\/functions\/([^/]+)\/invocations/;

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
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.keepAliveTimeout = 60_000;
  }

  /** Listens on a free port of 127.0.0.1. Resolves to the URL; requests are answered once `serve` was called. */
  async listen(): Promise<string> {
    await new Promise<void>((resolve, reject) => this.#server.once('error', reject).listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  serve(services: EndpointServices): void {
    this.#services = services;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let contentType = 'application/json';
    try {
      if (!this.#services) throw new AwsError('ServiceUnavailable', 'The runtime is still starting.', 503);
      const target = request.headers['x-amz-target'];
      const body = await readBody(request);
      if (typeof target === 'string') {
        const [prefix = '', operation = ''] = target.split('.');
        const known = TARGETS[prefix];
        if (!known) throw new AwsError('UnknownOperationException', `The runtime has no service behind ${target}.`);
        contentType = known.contentType;
        await this.#call(this.#services, known.service, target, operation, request, body, response, contentType);
      } else if (!(await this.#invoke(this.#services, request, body, response))) {
        this.#services.pages.answer(request, response);
      }
    } catch (error) {
      this.#refuse(error, request, response, contentType);
    }
  }

  async #call(services: EndpointServices, service: 'dynamodb' | 'states' | 'events' | 'sqs', target: string, operation: string, request: IncomingMessage, body: Buffer, response: ServerResponse, contentType: string): Promise<void> {
    const input = parse(body);
    this.#authorise(services, service, operation, request, input);
    if (service === 'dynamodb') {
      const { status, headers, body: answer } = await services.dynamoDb.forward(target, body);
      response.writeHead(status, { ...headers, 'content-length': answer.length }).end(answer);
      return;
    }
    send(response, 200, contentType, await services[service].handle(operation, input));
  }

  /** Lambda's Invoke, which is REST. Resolves to false for other paths. */
  async #invoke(services: EndpointServices, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<boolean> {
    const name = INVOCATION.exec(request.url ?? '')?.[1];
    if (name === undefined || request.method !== 'POST') return false;
    const functionName = decodeURIComponent(name);
    this.#authorise(services, 'lambda', 'InvokeFunction', request, { FunctionName: functionName });
    const { statusCode, functionError, payload, executedVersion } = await services.lambda.invoke(functionName, body.length === 0 ? '{}' : body.toString());
    response.writeHead(statusCode, {
      'content-type': 'application/json',
      'x-amz-executed-version': executedVersion,
      ...(functionError ? { 'x-amz-function-error': functionError } : {}),
    }).end(payload);
    return true;
  }

  #authorise({ callers, policies }: EndpointServices, service: string, operation: string, request: IncomingMessage, input: JsonObject): void {
    const caller = callers.identify(request.headers.authorization);
    if (caller.kind === 'operator') return;
    for (const permission of permissionsFor(service, operation, input, this.#context)) {
      policies.require(caller.roleArn, permission, caller.functionName);
    }
  }

  #refuse(error: unknown, request: IncomingMessage, response: ServerResponse, contentType: string): void {
    if (response.headersSent) return void response.destroy();
    const known = error instanceof AwsError ? error : new AwsError('InternalFailure', 'The runtime failed; its warning says how.', 500);
    if (known !== error) this.#context.warn(`The endpoint failed on ${request.method} ${request.url}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    response.setHeader('x-amzn-errortype', known.code);
    // SQS clients read the code of the older query protocol here.
    response.setHeader('x-amzn-query-error', `${known.code};${known.status < 500 ? 'Sender' : 'Receiver'}`);
    send(response, known.status, contentType, { __type: known.code, message: known.message });
  }
}

function parse(body: Buffer): JsonObject {
  try {
    const value = JSON.parse(body.length === 0 ? '{}' : body.toString()) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch {
    // Answered below, like any other value that is no object.
  }
  throw new AwsError('SerializationException', 'The request is no JSON object.');
}

function send(response: ServerResponse, status: number, contentType: string, content: JsonObject): void {
  const text = JSON.stringify(content);
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }).end(text);
}
