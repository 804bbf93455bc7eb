import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { AwsError, type JsonObject } from '../../../../local/contracts.ts';
import type { Service } from '../../../../local/service.ts';

export interface JsonEndpoint extends AsyncDisposable {
  readonly url: string;
  /** What an SDK client of the service needs besides. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
}

/** Speaks just enough of the AWS JSON protocol for an SDK client to call one service. */
export async function jsonEndpoint(service: Required<Pick<Service, 'handle'>>): Promise<JsonEndpoint> {
  // On a busy machine a client may use a connection at the moment at which the server ends it for its idleness.
  const server = createServer({ keepAliveTimeout: 0 }, (request, response) => {
    void (async () => {
      const operation = String(request.headers['x-amz-target']).split('.').at(-1)!;
      const answer = (status: number, body: JsonObject): void => {
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
      };
      try {
        answer(200, await service.handle(operation, JSON.parse(await text(request)) as JsonObject));
      } catch (error) {
        if (error instanceof AwsError) answer(error.status, { __type: error.code, message: error.message });
        else answer(500, { __type: 'InternalFailure', message: String(error) });
      }
    })();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    client: { endpoint: url, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
