/** A simulated partner in memory, over a network on which it can fail as partners do. */
import type { HttpAnswer, HttpExchange, HttpRequest } from '../../../functions/shared/outbound/http-exchange.ts';
import { type Answered, HANG_UP, HttpError, type Route, SILENCE } from '../../../partners/shared/http.ts';
import type { PartnerFault } from '../cases.ts';
import type { Random } from '../random.ts';
import type { VirtualTime } from './time.ts';

const LATENCY_MS = 60;
/** Longer than a function waits for a partner: such an answer is lost, and one of half of this is not. */
const SLOWEST_MS = 4_000;
const FAILURES = [500, 503, 429];
const GARBAGE = ['<html><body>Bad gateway</body></html>', '{"status":"authori', '{"hello":"world"}', ''];

export class VirtualPartner {
  readonly #routes: readonly Route[];
  readonly #time: VirtualTime;
  readonly #random: Random;
  #fault: PartnerFault | undefined;
  /** Requests since the partner began to fail last. */
  callsWhileDown = 0;

  constructor(routes: readonly Route[], time: VirtualTime, random: Random) {
    this.#routes = routes;
    this.#time = time;
    this.#random = random;
  }

  fail(fault: PartnerFault): void {
    this.#fault = fault;
    this.callsWhileDown = 0;
  }

  recover(): void {
    this.#fault = undefined;
  }

  /** As functions reach it. */
  readonly exchange: HttpExchange = async (request) => {
    const { sleep } = this.#time;
    await sleep(1 + this.#random() * LATENCY_MS);
    const fault = this.#fault;
    if (fault !== undefined) this.callsWhileDown += 1;
    const lateAfter = sleep(request.timeoutMs).then(() => {
      throw new Error(`There was no answer within ${request.timeoutMs} ms.`);
    });
    lateAfter.catch(() => undefined);
    return Promise.race([this.#answer(request, fault), lateAfter]);
  };

  async #answer(request: HttpRequest, fault: PartnerFault | undefined): Promise<HttpAnswer> {
    switch (fault) {
      case undefined:
        return this.#carryOut(request);
      case 'refuses':
        throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
      case 'hangs':
        return never;
      case 'fails':
        return { status: this.#oneOf(FAILURES), text: '{"error":"unavailable"}' };
      case 'garbles':
        if (this.#random() < 0.5) await this.#carryOut(request);
        return { status: 200, text: this.#oneOf(GARBAGE) };
      case 'loses-answers':
        void this.#carryOut(request);
        throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      case 'slow': {
        const answer = this.#carryOut(request);
        await this.#time.sleep(this.#random() * SLOWEST_MS);
        return answer;
      }
    }
  }

  async #carryOut({ method, url, headers, body }: HttpRequest): Promise<HttpAnswer> {
    const { pathname, searchParams, host } = new URL(url);
    const answer = await this.#handled(method, pathname, {
      query: searchParams,
      headers: { host, ...lowered(headers) },
      target: url.slice(new URL(url).origin.length),
      text: body ?? '',
      body: body === undefined ? undefined : parsedBody(body, headers),
    });
    if (answer === SILENCE) return never;
    if (answer === HANG_UP) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    if (answer.afterMs !== undefined) await this.#time.sleep(answer.afterMs);
    const { status, body: content, headers: told } = answer;
    return {
      status,
      text: typeof content === 'string' ? content : JSON.stringify(content),
      ...(told && { headers: lowered(told) }),
    };
  }

  async #handled(
    method: string,
    path: string,
    call: Omit<Parameters<Route['handle']>[0], 'params'>,
  ): Promise<Answered> {
    try {
      for (const route of this.#routes) {
        const match = route.method === method ? route.path.exec(path) : null;
        if (match) return await route.handle({ ...call, params: { ...match.groups } });
      }
      throw new HttpError(404, 'not-found');
    } catch (error) {
      if (error instanceof HttpError) return error.answer;
      throw error;
    }
  }

  #oneOf<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.#random() * items.length)]!;
  }
}

/** As a server of Node.js gets them. */
const lowered = (headers: HttpRequest['headers']) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Some channels are sent forms, and the bank XML, which it reads itself. */
function parsedBody(body: string, headers: HttpRequest['headers']): unknown {
  const type = headers['content-type'] ?? '';
  if (type.includes('xml')) return undefined;
  return type.startsWith('application/x-www-form-urlencoded')
    ? Object.fromEntries(new URLSearchParams(body))
    : JSON.parse(body);
}

const never = new Promise<never>(() => {});
