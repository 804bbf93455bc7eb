/** What a payment channel tells its merchant: repeated until it is accepted, or as a test wants it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { HttpError, parse, type Route } from './http.ts';

export interface Notice {
  /** The merchant's number of what it is about. */
  readonly key: string;
  readonly kind: string;
  readonly url: string;
  /** The request, signed anew each time. @param forged signed by somebody else */
  request(forged: boolean): { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  /** Whether an answer of the merchant ends the repetitions. */
  isAccepted(status: number, text: string): boolean;
}

interface Kept {
  readonly notice: Notice;
  readonly answers: string[];
  accepted: boolean;
}

const MODES = ['deliver', 'hold'] as const;
const settings = z.strictObject({
  mode: z.enum(MODES).optional(),
  /** Notices go there, whatever host their address names: the merchant's program at this moment. */
  origin: z.url().optional(),
});
const KEPT = 1_000;
const TIMEOUT_MS = 5_000;

/**
 * In the mode `deliver`, notices are sent at once and repeated. In the mode `hold` they wait for a request that sends them: later, twice,
 * in another order, forged, or never, which is a lost one.
 */
export class Notifier {
  readonly #repeatAfterSeconds: readonly number[];
  readonly #kept = new Map<number, Kept>();
  #mode: (typeof MODES)[number] = 'deliver';
  readonly #originFile: string | undefined;
  #origin: string | undefined;
  #last = 0;

  /**
   * @param repeatAfterSeconds how long the channel waits before each repetition
   * @param originFile has where notices go, for the next start of the channel. @default in memory
   */
  constructor(repeatAfterSeconds: readonly number[], originFile?: string) {
    this.#repeatAfterSeconds = repeatAfterSeconds;
    this.#originFile = originFile;
    if (originFile !== undefined && existsSync(originFile)) {
      this.#origin = readFileSync(originFile, 'utf8') || undefined;
    }
  }

  notify(notice: Notice): void {
    this.#last += 1;
    this.#kept.set(this.#last, { notice, answers: [], accepted: false });
    this.#kept.delete(this.#last - KEPT);
    if (this.#mode === 'deliver') void this.#deliver(this.#kept.get(this.#last)!);
  }

  /** For tests; real channels have none of them. */
  readonly routes: readonly Route[] = [
    {
      method: 'GET',
      path: /^\/v1\/notifications$/,
      handle: ({ query }) => {
        const all = [...this.#kept].map(([id, { notice, answers, accepted }]) => {
          const { key, kind, url } = notice;
          return { id, key, kind, url, answers, accepted };
        });
        return {
          status: 200,
          body: { notifications: all.filter(({ key }) => key === (query.get('key') ?? key)) },
        };
      },
    },
    {
      method: 'PUT',
      path: /^\/v1\/notifications$/,
      handle: ({ body }) => {
        const { mode, origin } = parse(settings, body);
        this.#mode = mode ?? this.#mode;
        this.#origin = origin ?? this.#origin;
        if (origin !== undefined && this.#originFile !== undefined) writeFileSync(this.#originFile, origin);
        return { status: 200, body: { mode: this.#mode, origin: this.#origin } };
      },
    },
    {
      method: 'POST',
      path: /^\/v1\/notifications\/(?<id>\d{1,9})\/send$/,
      handle: ({ params, body = {} }) => {
        const { forged = false } = parse(z.strictObject({ forged: z.boolean().optional() }), body);
        const kept = this.#kept.get(Number(params['id']));
        if (kept === undefined) throw new HttpError(404, 'no-such-notification');
        void this.#attempt(kept, forged);
        return { status: 202, body: {} };
      },
    },
  ];

  async #deliver(kept: Kept, repetition = 0): Promise<void> {
    if (kept.accepted || (await this.#attempt(kept, false))) return;
    const seconds = this.#repeatAfterSeconds[repetition];
    if (seconds !== undefined) setTimeout(() => void this.#deliver(kept, repetition + 1), seconds * 1_000).unref();
  }

  async #attempt(kept: Kept, forged: boolean): Promise<boolean> {
    const { notice, answers } = kept;
    try {
      const { pathname, search, origin } = new URL(notice.url);
      const answer = await fetch(`${this.#origin ?? origin}${pathname}${search}`, {
        ...notice.request(forged),
        method: 'POST',
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await answer.text();
      answers.push(`${answer.status} ${text}`.slice(0, 200));
      kept.accepted ||= notice.isAccepted(answer.status, text);
    } catch (error) {
      answers.push((error as Error).name);
    }
    return kept.accepted;
  }
}
