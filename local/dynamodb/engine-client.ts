import { connect, type Socket } from 'node:net';

/** An answer of the engine: JSON text. */
export interface EngineAnswer {
  readonly status: number;
  readonly text: string;
}

/** An engine answers one request at a time, so more connections than waiting callers gain nothing. */
const CONNECTIONS = 64;
/** An engine may close a connection that rests for long, in the moment in which a request is on its way. */
const LONGEST_REST_MS = 4_000;
const READ_BYTES = 64 * 1_024;
const HEAD_END = '\r\n\r\n';

interface Waiting {
  readonly request: string;
  readonly resolve: (answer: EngineAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Sends requests to one engine over connections that stay open. Everything that an app stores and reads passes here, and of HTTP the
 * engines need little: both say the length of each answer. An HTTP client for all that servers may do takes three times as long.
 */
export class EngineClient {
  readonly #url: URL;
  readonly #connections = new Set<Connection>();
  readonly #idle: Connection[] = [];
  readonly #waiting: Waiting[] = [];
  #closed: PromiseWithResolvers<void> | undefined;

  /** @param url such as `http://127.0.0.1:34567` */
  constructor(url: string) {
    this.#url = new URL(url);
  }

  /** Rejects when the connection ends before the answer has come; what the engine did is not known then. */
  post(headers: Readonly<Record<string, string>>, body: string): Promise<EngineAnswer> {
    let head = `POST / HTTP/1.1\r\nhost: ${this.#url.host}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n`;
    for (const name in headers) head += `${name}: ${headers[name]}\r\n`;
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request: `${head}\r\n${body}`, resolve, reject });
      this.#serve();
    });
  }

  /** Resolves when the requests under way have ended. */
  async close(): Promise<void> {
    this.#closed ??= Promise.withResolvers<void>();
    for (const connection of this.#idle.splice(0)) connection.end();
    this.#settle();
    await this.#closed.promise;
  }

  #serve(): void {
    while (this.#waiting.length > 0) {
      const connection = this.#rested() ?? this.#open();
      if (connection === undefined) return;
      connection.send(this.#waiting.shift()!);
    }
  }

  #rested(): Connection | undefined {
    const oldest = performance.now() - LONGEST_REST_MS;
    for (let last = this.#idle.pop(); last !== undefined; last = this.#idle.pop()) {
      if (last.idleSince >= oldest) return last;
      last.end();
    }
    return undefined;
  }

  #open(): Connection | undefined {
    if (this.#connections.size >= CONNECTIONS) return undefined;
    const connection = new Connection(this.#url, {
      onFree: () => {
        if (this.#closed !== undefined && this.#waiting.length === 0) return connection.end();
        this.#idle.push(connection);
        this.#serve();
      },
      onGone: () => {
        this.#connections.delete(connection);
        const index = this.#idle.indexOf(connection);
        if (index >= 0) this.#idle.splice(index, 1);
        this.#serve();
        this.#settle();
      },
    });
    this.#connections.add(connection);
    return connection;
  }

  #settle(): void {
    if (this.#connections.size === 0 && this.#waiting.length === 0) this.#closed?.resolve();
  }
}

/** One connection: carries one request at a time. */
class Connection {
  idleSince = 0;
  readonly #socket: Socket;
  readonly #onFree: () => void;
  #current: Waiting | undefined;
  /** What has come of an answer that is not whole yet. */
  #received: Buffer | undefined;

  constructor({ hostname, port }: URL, { onFree, onGone }: { onFree: () => void; onGone: () => void }) {
    this.#onFree = onFree;
    let failure = new Error('It has closed the connection.');
    this.#socket = connect({
      host: hostname,
      port: Number(port),
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(READ_BYTES),
        callback: (bytes, buffer) => {
          this.#receive(buffer.subarray(0, bytes) as Buffer);
          return true;
        },
      },
    });
    this.#socket.on('error', (error) => {
      failure = error;
    });
    this.#socket.on('close', () => {
      this.#take()?.reject(failure);
      onGone();
    });
  }

  send(waiting: Waiting): void {
    this.#current = waiting;
    this.#socket.write(waiting.request);
  }

  end(): void {
    this.#socket.destroy();
  }

  #receive(chunk: Buffer): void {
    const bytes = this.#received === undefined ? chunk : Buffer.concat([this.#received, chunk]);
    const headEnd = bytes.indexOf(HEAD_END);
    const head = headEnd < 0 ? '' : bytes.toString('latin1', 0, headEnd);
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    if (headEnd >= 0 && length === undefined) {
      this.#socket.destroy(new Error('Its answer has no length.'));
      return;
    }
    const from = headEnd + HEAD_END.length;
    const to = from + Number(length);
    if (headEnd < 0 || bytes.length < to) {
      // The next chunk comes into the same memory.
      this.#received = bytes === chunk ? Buffer.from(chunk) : bytes;
      return;
    }
    this.#received = undefined;
    this.#take()?.resolve({ status: Number(head.slice(9, 12)), text: bytes.toString('utf8', from, to) });
    this.idleSince = performance.now();
    this.#onFree();
  }

  #take(): Waiting | undefined {
    const current = this.#current;
    this.#current = undefined;
    return current;
  }
}
