import type { ServerResponse } from 'node:http';

/** An answer on its way to the client; header names are in lower case. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
}

/** Headers of a connection, not of an answer: Node writes these itself. */
const CONNECTION_HEADERS = ['connection', 'content-length', 'keep-alive', 'transfer-encoding', 'upgrade', 'date'];

export function writeAnswer(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.statusCode = status;
  for (const [name, values] of Object.entries(headers)) {
    if (!CONNECTION_HEADERS.includes(name)) response.setHeader(name, values.length === 1 ? values[0]! : [...values]);
  }
  if (status !== 204 && status !== 304) response.setHeader('content-length', body.length);
  response.end(body);
}
