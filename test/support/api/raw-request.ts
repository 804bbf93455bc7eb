/** HTTP as it goes over the wire: `fetch` corrects paths and refuses headers that other clients send. */
import { Agent, request } from 'node:http';

export interface RawRequest {
  readonly method: string;
  /** As it is: no character of it is changed. */
  readonly path: string;
  /** Several values are several headers. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export class RawClient {
  readonly #agent = new Agent({ keepAlive: true });
  readonly #base: URL;

  constructor(base: string) {
    this.#base = new URL(base);
  }

  send({ method, path, headers, body }: RawRequest): Promise<RawAnswer> {
    const { hostname, port, pathname } = this.#base;
    const below = pathname.replace(/\/$/, '');
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const sent = request(
        { hostname, port, method, path: `${below}${path}`, headers: { ...headers, ...length }, agent: this.#agent },
        (response) => {
          const chunks: Buffer[] = [];
          response
            .on('data', (chunk: Buffer) => chunks.push(chunk))
            .on('error', reject)
            .on('end', () => {
              resolve({
                status: response.statusCode!,
                headers: new Headers(response.headers as Record<string, string>),
                text: Buffer.concat(chunks).toString(),
              });
            });
        },
      );
      sent.on('error', reject).end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
