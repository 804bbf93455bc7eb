import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RuntimeMeter } from '../meter.ts';

/** What the runtime says of itself, beside the AWS protocols: for tests, benchmarks and the curious. */
export class RuntimePages {
  readonly #meter: RuntimeMeter;
  readonly #outputs: () => Readonly<Record<string, string>>;

  constructor(meter: RuntimeMeter, outputs: () => Readonly<Record<string, string>>) {
    this.#meter = meter;
    this.#outputs = outputs;
  }

  answer({ method, url }: IncomingMessage, response: ServerResponse): void {
    switch (`${method} ${url}`) {
      case 'GET /_runtime/outputs':
        return send(response, 200, this.#outputs());
      case 'GET /_runtime/meter':
        return send(response, 200, this.#meter.read());
      case 'POST /_runtime/meter/reset':
        this.#meter.reset();
        return send(response, 200, {});
      default:
        return send(response, 404, {
          message: 'This is the AWS endpoint of a Waybill runtime: point AWS_ENDPOINT_URL at it. '
            + 'It also has GET /_runtime/outputs, GET /_runtime/meter and POST /_runtime/meter/reset.',
        });
    }
  }
}

function send(response: ServerResponse, status: number, content: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
}
