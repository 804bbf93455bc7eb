/** What can come of a request beside an answer. */

interface FieldFault {
  readonly pointer?: string;
  readonly parameter?: string;
  readonly detail: string;
}

/** A problem document of the API (RFC 9457), with the correlation id of its request. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly kind: string;
  readonly title: string;
  readonly status: number;
  readonly faults: readonly FieldFault[];
  readonly correlationId: string | undefined;
  /** After how many seconds another try makes sense, as the API says. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, document: Readonly<Record<string, unknown>>, headers: Headers) {
    const text = (name: string) => (typeof document[name] === 'string' ? document[name] : undefined);
    super(text('detail') ?? text('message') ?? '');
    this.status = status;
    this.title = text('title') ?? `HTTP ${status}`;
    this.kind = (text('type') ?? '').replace(/^urn:waybill:problem:/, '') || `http-${status}`;
    this.faults = Array.isArray(document.errors) ? (document.errors as FieldFault[]) : [];
    this.correlationId = headers.get('x-correlation-id') ?? undefined;
    const seconds = Number(headers.get('retry-after') ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(seconds) ? seconds : undefined;
  }
}

/** Nothing answered: the network, or the API, is away. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** Nobody is signed in any more. */
export class SignInNeeded extends Error {
  override readonly name = 'SignInNeeded';
}

const AWAY = [502, 503, 504];

/** Whether the API is away, so that another try may help without that anything is changed. */
export const isAway = (error: unknown): boolean =>
  error instanceof NoAnswer || (error instanceof ApiProblem && AWAY.includes(error.status));

/** Whether a failed look has to be shown where something is: that the API is away, the banner says already. */
export const isNews = (error: unknown, shown: unknown): boolean =>
  error !== null && error !== undefined && (shown === undefined || !isAway(error));

/** What the reader can do about a failure: the key of a text. */
export type Advice = 'signIn' | 'scope' | 'gone' | 'reload' | 'state' | 'input' | 'slow' | 'away' | 'report';

export function adviceOf(error: unknown): Advice {
  if (error instanceof SignInNeeded) return 'signIn';
  if (isAway(error)) return 'away';
  if (!(error instanceof ApiProblem)) return 'report';
  switch (error.status) {
    case 400:
    case 413:
    case 415:
      return 'input';
    case 401:
      return 'signIn';
    case 403:
      return 'scope';
    case 404:
      return 'gone';
    case 409:
      return 'state';
    case 412:
      return 'reload';
    case 422:
      return 'input';
    case 429:
      return 'slow';
    default:
      return 'report';
  }
}
