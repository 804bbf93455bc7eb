import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Ajv } from 'ajv';
import { onTestFinished } from 'vitest';
import type { ExportTraceServiceRequest } from '../../../launch/trace/otlp.ts';
import { EXPORT_TRACE_SERVICE_REQUEST } from './otlp-schema.ts';

const isRequest = new Ajv({ allErrors: true }).compile(EXPORT_TRACE_SERVICE_REQUEST);

/** What is wrong with a request by the schema of OpenTelemetry's protocol. */
export const faultsIn = (request: unknown): string[] =>
  isRequest(request) ? [] : isRequest.errors!.map(({ instancePath, message }) => `${instancePath} ${message}`);

type Received = ExportTraceServiceRequest['resourceSpans'][number]['scopeSpans'][number]['spans'][number] & {
  readonly service: string;
};

/** A collector of OpenTelemetry, which takes only what its protocol allows. */
export class OtlpCollector {
  readonly spans: Received[] = [];
  readonly faults: string[] = [];
  readonly headers: unknown[] = [];
  url = '';

  /** It ends with the test. */
  static async start(): Promise<OtlpCollector> {
    const collector = new OtlpCollector();
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const isHere = request.method === 'POST' && request.url === '/v1/traces';
        collector.headers.push(request.headers);
        if (isHere) collector.#take(JSON.parse(body) as ExportTraceServiceRequest);
        response.writeHead(isHere ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    collector.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return collector;
  }

  #take(request: ExportTraceServiceRequest): void {
    this.faults.push(...faultsIn(request));
    for (const { resource, scopeSpans } of request.resourceSpans) {
      const named = resource.attributes.find(({ key }) => key === 'service.name')!.value;
      const service = 'stringValue' in named ? named.stringValue : '';
      this.spans.push(...scopeSpans.flatMap(({ spans }) => spans.map((span) => ({ ...span, service }))));
    }
  }
}
