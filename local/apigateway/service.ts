import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FunctionInvoker, ServiceContext } from '../contracts.ts';
import { foreignRequest } from '../foreign-requests.ts';
import type { ResourceTypes } from '../resource.ts';
import type { Service } from '../service.ts';
import type { RestApiDefinition } from './api-definition.ts';
import { ApiDrafts } from './api-draft.ts';
import { type HttpAnswer, writeAnswer } from './http-answer.ts';
import { apiResources } from './resources.ts';
import { RestApi } from './rest-api.ts';

const HOST = '127.0.0.1';
/** Longer than load balancers and clients keep idle connections, so that the other side closes them. */
const KEEP_ALIVE_MS = 65_000;
const CLOSE_WITHIN_MS = 2_000;

/** Amazon API Gateway REST APIs on node:http, without the stage in the path, as behind a custom domain name. */
export class ApiGatewayService implements Service {
  readonly name = 'apigateway';
  readonly meters = ['apigateway.requests'];
  readonly resources: ResourceTypes;
  readonly #drafts = new ApiDrafts();
  readonly #context: ServiceContext;
  readonly #invoker: FunctionInvoker;
  readonly #apis = new Map<string, RestApi>();
  readonly #servers: Server[] = [];

  constructor(context: ServiceContext, services: { readonly invoker: FunctionInvoker }) {
    this.#context = context;
    this.#invoker = services.invoker;
    this.resources = apiResources(this.#drafts);
  }

  /** @throws Error for what this runtime does not have. */
  define(api: RestApiDefinition): void {
    this.#apis.set(api.id, new RestApi(this.#context, this.#invoker, api));
  }

  /**
   * Serves an API on 127.0.0.1, with all that was made of it by now; port 0 takes a free one.
   * @param apiId needed only when several APIs are defined
   * @throws Error when there is no such API, or the port is taken (`code` is then `EADDRINUSE`)
   */
  async listen(port: number, apiId?: string): Promise<{ readonly url: string }> {
    for (const draft of this.#drafts.all()) this.define(draft);
    const api = this.#find(apiId);
    const answer = (request: IncomingMessage, response: ServerResponse): void =>
      void this.#answer(api, request, response);
    const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, answer);
    server.listen(port, HOST);
    await once(server, 'listening');
    this.#servers.push(server);
    return { url: `http://${HOST}:${(server.address() as AddressInfo).port}` };
  }

  /** Lets requests under way end, for two seconds at most. */
  async close(): Promise<void> {
    await Promise.all(
      this.#servers.splice(0).map(async (server) => {
        const closed = once(server, 'close');
        server.close();
        server.closeIdleConnections();
        const force = setTimeout(() => server.closeAllConnections(), CLOSE_WITHIN_MS);
        await closed;
        clearTimeout(force);
      }),
    );
  }

  async #answer(api: RestApi, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = refused(request) ?? (await api.answer(request));
    // An unread body would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    writeAnswer(response, answer);
  }

  #find(apiId: string | undefined): RestApi {
    const [only, ...others] = this.#apis.values();
    const api = apiId === undefined && others.length === 0 ? only : this.#apis.get(apiId ?? '');
    if (api === undefined) throw new Error(`There is no API ${apiId ?? 'to serve, or several and none was named'}.`);
    return api;
  }
}

function refused(request: IncomingMessage): HttpAnswer | undefined {
  // RFC 9112, section 3.2: whoever reads the first one and whoever reads the last one would answer for different hosts.
  if ((request.headersDistinct.host ?? []).length > 1) {
    return refusal(400, 'The header Host is given more than once; expected once.');
  }
  const foreign = foreignRequest(request);
  return foreign === undefined ? undefined : refusal(403, foreign);
}

const refusal = (status: number, message: string): HttpAnswer => ({
  status,
  headers: { 'content-type': ['application/json'] },
  body: Buffer.from(JSON.stringify({ message })),
});
