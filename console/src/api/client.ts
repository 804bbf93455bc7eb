import { ROOT } from '../root.ts';
import { ApiProblem, NoAnswer, SignInNeeded } from './problem.ts';

export interface Command {
  readonly method?: 'POST' | 'PUT';
  /** Below `/api/v1`. */
  readonly path: string;
  readonly body: unknown;
  /** The version that the reader has seen: with another one nothing is done. @default any */
  readonly version?: number;
  /** The same for every try of one decision. */
  readonly idempotencyKey: string;
}

/** What the client needs to know of who is signed in. */
export interface Tokens {
  /** Undefined when nobody is. */
  current(): string | undefined;
  /** After the API has refused a token. Resolves to another one, or to undefined when there is none to be had. */
  renewed(): Promise<string | undefined>;
}

interface Kept {
  readonly etag: string;
  readonly body: unknown;
}

const PATIENCE_MS = 30_000;
/** Few pages show more than this many resources at a time. */
const MOST_KEPT = 200;

/** Asks the API in the name of who is signed in. What it has seen and the API confirms with 304 is not transferred again. */
export class ApiClient {
  readonly #base: URL;
  readonly #tokens: Tokens;
  readonly #kept = new Map<string, Kept>();

  constructor(apiBase: string, tokens: Tokens) {
    this.#base = new URL(`${apiBase.replace(/\/$/, '')}/`, ROOT);
    this.#tokens = tokens;
  }

  /**
   * @param path below `/api/v1`, with its query
   * @throws ApiProblem, NoAnswer, SignInNeeded
   */
  async get<Answer>(path: string, signal?: AbortSignal): Promise<Answer> {
    const kept = this.#kept.get(path);
    const answer = await this.#send(path, {
      headers: kept ? { 'If-None-Match': kept.etag } : {},
      ...(signal ? { signal } : {}),
    });
    if (answer.status === 304 && kept) return kept.body as Answer;
    const body = await bodyOf(answer);
    const etag = answer.headers.get('etag');
    if (etag !== null) this.#keep(path, { etag, body });
    return body as Answer;
  }

  /** @throws ApiProblem, NoAnswer, SignInNeeded */
  async send<Answer>({ method = 'POST', path, body, version, idempotencyKey }: Command): Promise<Answer> {
    const answer = await this.#send(path, {
      method,
      body: JSON.stringify(body),
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': idempotencyKey,
        ...(version === undefined ? {} : { 'If-Match': `"${version}"` }),
      },
    });
    return (await bodyOf(answer)) as Answer;
  }

  async #send(path: string, request: RequestInit & { readonly headers: Record<string, string> }): Promise<Response> {
    const token = this.#tokens.current();
    if (token === undefined) throw new SignInNeeded();
    const answer = await this.#fetch(path, request, token);
    if (answer.status !== 401) return answer;
    const renewed = await this.#tokens.renewed();
    if (renewed === undefined) throw new SignInNeeded();
    const again = await this.#fetch(path, request, renewed);
    if (again.status === 401) throw new SignInNeeded();
    return again;
  }

  async #fetch(path: string, request: RequestInit & { readonly headers: Record<string, string> }, token: string) {
    const headers = { ...request.headers, Authorization: `Bearer ${token}`, 'X-Correlation-Id': correlationId() };
    const signals = [AbortSignal.timeout(PATIENCE_MS), ...(request.signal ? [request.signal] : [])];
    try {
      return await fetch(new URL(path.replace(/^\//, ''), this.#base), {
        ...request,
        headers,
        signal: AbortSignal.any(signals),
        cache: 'no-store',
      });
    } catch (cause) {
      if (request.signal?.aborted) throw cause;
      throw new NoAnswer('', { cause });
    }
  }

  #keep(path: string, kept: Kept): void {
    this.#kept.delete(path);
    this.#kept.set(path, kept);
    const oldest = this.#kept.keys().next();
    if (this.#kept.size > MOST_KEPT && !oldest.done) this.#kept.delete(oldest.value);
  }
}

/** Tells requests of the console from others in the logs. */
const correlationId = (): string => `console-${crypto.randomUUID()}`;

async function bodyOf(answer: Response): Promise<unknown> {
  const body: unknown = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ApiProblem(answer.status, (body ?? {}) as Record<string, unknown>, answer.headers);
  return body;
}
