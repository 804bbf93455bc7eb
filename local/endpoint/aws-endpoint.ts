import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  AwsError,
  type EndpointAnswer,
  type EndpointRequest,
  type JsonObject,
  type ServiceContext,
} from '../contracts.ts';
import { foreignRequest } from '../foreign-requests.ts';
import type { IamService } from '../iam/service.ts';
import { headerOf } from '../request-header.ts';
import type { RestCall, Service } from '../service.ts';
import { errorAnswer, jsonAnswer, parseInput } from './protocol.ts';
import { isQueryRequest, queryRefusal } from './query-protocol.ts';
import { readBody } from './read-body.ts';

/** What is behind the endpoint. */
export interface Served {
  readonly services: readonly Service[];
  readonly iam: Pick<IamService, 'authoriseRequest'>;
  /** Answers requests that are for no service. */
  readonly pages: (request: EndpointRequest) => EndpointAnswer;
}

/** Longer than SDK clients keep idle connections, so that the clients close them. */
const KEEP_ALIVE_MS = 60_000;

/**
 * The one address that SDK clients are given (`AWS_ENDPOINT_URL`): tells services apart as AWS's host names do, checks
 * what the caller's role may do, and answers in the services' wire format.
 */
export class AwsEndpoint {
  readonly #context: ServiceContext;
  readonly #server: Server;
  #served: Served | undefined;

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#server = createServer(
      { keepAliveTimeout: KEEP_ALIVE_MS },
      (request, response) => void this.#serveHttp(request, response),
    );
  }

  /**
   * Listens on 127.0.0.1. Resolves to the URL; requests are answered once `serve` was called.
   * @param port @default a free one
   */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  serve(served: Served): void {
    this.#served = served;
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
      const body = await readBody(message);
      const foreign = foreignRequest(message);
      if (foreign !== undefined) throw new AwsError('AccessDeniedException', foreign, 403);
      answer = await this.answer({ ...request, body });
    } catch (error) {
      // A client that has gone, such as a program that was stopped, waits for no answer.
      if (response.destroyed) return;
      answer = this.#refuse(error, { ...request, body: '' });
    }
    response
      .writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
      .end(answer.body);
  }

  async #handle(request: EndpointRequest): Promise<EndpointAnswer> {
    const served = this.#served;
    if (!served) throw new AwsError('ServiceUnavailable', 'The runtime is still starting.', 503);
    const target = headerOf(request, 'x-amz-target');
    return target === undefined ? this.#callByPath(served, request) : this.#callByTarget(target, request);
  }

  async #callByTarget(target: string, request: EndpointRequest): Promise<EndpointAnswer> {
    const service = this.#serviceOf(target);
    if (service?.handle === undefined) {
      throw new AwsError('UnknownOperationException', `The runtime has no service behind ${target}.`);
    }
    const operation = target.split('.')[1] ?? '';
    const input = parseInput(request.body);
    this.#authorise(service, operation, request, input);
    return jsonAnswer(200, await service.handle(operation, input), headerOf(request, 'content-type'));
  }

  async #callByPath({ services, pages }: Served, request: EndpointRequest): Promise<EndpointAnswer> {
    for (const service of services) {
      const call = service.rest?.(request);
      if (call === undefined) continue;
      return this.#callRest(service, call, request);
    }
    return isQueryRequest(request) ? queryRefusal(request, this.#context.newId()) : pages(request);
  }

  async #callRest(
    service: Service,
    { operation, input, answer }: RestCall,
    request: EndpointRequest,
  ): Promise<EndpointAnswer> {
    try {
      this.#authorise(service, operation, request, input);
      return await answer();
    } catch (error) {
      if (service.restError && error instanceof AwsError) return service.restError(error);
      throw error;
    }
  }

  #authorise(service: Service, operation: string, request: EndpointRequest, input: JsonObject): void {
    const unnamed = { action: `${service.name}:${operation}`, resource: '*' };
    const needed = () => service.permissions?.(operation, input) ?? [unnamed];
    this.#served!.iam.authoriseRequest(headerOf(request, 'authorization'), needed);
  }

  #serviceOf(target: string): Service | undefined {
    const [prefix = ''] = target.split('.');
    return this.#served?.services.find(({ targets }) => targets?.includes(prefix));
  }

  #refuse(error: unknown, request: EndpointRequest): EndpointAnswer {
    const refusal = this.#asAwsError(error, request);
    const target = headerOf(request, 'x-amz-target');
    const service = target === undefined ? undefined : this.#serviceOf(target);
    return errorAnswer(refusal, request, service?.errorHeaders?.(refusal));
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
