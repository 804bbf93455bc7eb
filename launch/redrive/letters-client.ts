import { issuerOf, tokenFrom } from '../clients/tokens.ts';

export interface WaitingLetter {
  readonly letterId: string;
  readonly queue: string;
  readonly state: string;
  readonly eventType?: string;
  readonly error?: string;
  readonly resendable: boolean;
}

export interface Resent {
  readonly letterId: string;
  readonly outcome: 'would_resend' | 'resent' | 'refused';
  readonly detail?: string;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly next?: string;
}

/** The dead letters of the instance at a URL, as an operator sees them and has them resent. */
export class LettersClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url.replace(/\/$/, '');
  }

  /** All that are not done. */
  async waiting(): Promise<readonly WaitingLetter[]> {
    return everyPage((cursor) =>
      this.#ask<Page<WaitingLetter>>(
        `?limit=100${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
      ),
    );
  }

  /** @param why absent to say only what would be resent */
  async resend(queue: string, why: string | undefined): Promise<readonly Resent[]> {
    const how = why === undefined ? { dryRun: true } : { dryRun: false, reason: why };
    return everyPage(async (cursor) => {
      const { results, next } = await this.#ask<{ results: Resent[]; next?: string }>('/resend', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...how, filter: { queue }, ...(cursor === undefined ? {} : { cursor }) }),
      });
      return { items: results, ...(next === undefined ? {} : { next }) };
    });
  }

  /** @throws Error with a message for the person who runs the program */
  async #ask<Answer>(path: string, request: RequestInit = {}): Promise<Answer> {
    const { WAYBILL_TOKEN: given } = process.env;
    const token =
      given ??
      (await tokenFrom(await issuerOf(this.#url), {
        sub: 'redrive',
        role: 'operator',
        scope: 'orders:read orders:recover',
      }));
    const answer = await fetch(`${this.#url}/api/v1/dead-letters${path}`, {
      ...request,
      headers: { ...request.headers, authorization: `Bearer ${token}` },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`The instance at ${this.#url} answered ${answer.status}, expected 200: ${text}`);
    return JSON.parse(text) as Answer;
  }
}

async function everyPage<Item>(ask: (cursor: string | undefined) => Promise<Page<Item>>): Promise<readonly Item[]> {
  const found: Item[] = [];
  let cursor: string | undefined;
  do {
    const { items, next } = await ask(cursor);
    found.push(...items);
    cursor = next;
  } while (cursor !== undefined);
  return found;
}
