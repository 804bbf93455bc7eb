/** What the gateway tells its merchant: docs.stripe.com/webhooks. */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { parse, type Route } from '../shared/http.ts';
import { Notifier } from '../shared/notifier.ts';
import { newId } from './intents.ts';

/** Over three days, at ever greater intervals. */
const REPEAT_AFTER_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, 43_200, 43_200, 72_000];
/** The version of the API that the objects in events are of. */
export const API_VERSION = '2026-10-28.endive';

/** The whole text is the key; those of the real gateway begin with `whsec_`. */
const secret = z.string().regex(/^[\x21-\x7e]{32,255}$/, '32 to 255 characters without spaces');
const endpoint = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  secret,
  /** The one before it, while the secret is being replaced: notifications are signed with both. */
  formerSecret: secret.exactOptional(),
  /** Types of events that are sent. @default all */
  enabled_events: z.array(z.string()).min(1).exactOptional(),
  /** Sends also what the answer to a request of the merchant has told already. @default false */
  answered: z.boolean().exactOptional(),
});
type Endpoint = z.output<typeof endpoint>;

/** The request of the merchant that an event comes from. */
interface Cause {
  readonly id: string | null;
  readonly idempotency_key: string | null;
}
const NOBODY: Cause = { id: null, idempotency_key: null };
/** The address of the gateway, for what no request has brought about. */
const NO_HOST = '127.0.0.1';

export class Notices {
  readonly #notifier: Notifier;
  readonly #now: () => number;
  readonly #file: string | undefined;
  #endpoint: Endpoint | undefined;
  #cause = NOBODY;
  #host = NO_HOST;

  /**
   * @param file where the merchant's endpoint is kept. @default in memory
   * @param time of the notifications; `now` in milliseconds since the epoch. @default of this machine
   */
  constructor(file?: string, time: { readonly notifier?: Notifier; readonly now?: () => number } = {}) {
    this.#file = file;
    this.#notifier = time.notifier ?? new Notifier(REPEAT_AFTER_SECONDS);
    this.#now = time.now ?? Date.now;
    if (file !== undefined && existsSync(file)) this.#endpoint = endpoint.parse(JSON.parse(readFileSync(file, 'utf8')));
  }

  /** What `work` tells comes from this request, which was sent to `host`. */
  causedBy<Result>(cause: Cause, host: string, work: () => Result): Result {
    this.#cause = cause;
    this.#host = host;
    try {
      return work();
    } finally {
      this.#cause = NOBODY;
      this.#host = NO_HOST;
    }
  }

  /**
   * Tells that something has become of the payment of `key`.
   * @param show the object that it is about, by the host that the merchant has asked
   */
  tell(key: string, type: string, show: (host: string) => object): void {
    if (this.#endpoint === undefined) return;
    const { url, secret: present, formerSecret, enabled_events, answered } = this.#endpoint;
    const isAnswered = this.#cause !== NOBODY;
    if ((isAnswered && !answered) || (enabled_events !== undefined && !enabled_events.includes(type))) return;
    const body = JSON.stringify({
      id: newId('evt'),
      object: 'event',
      api_version: API_VERSION,
      created: Math.floor(this.#now() / 1_000),
      data: { object: show(this.#host) },
      livemode: false,
      pending_webhooks: 1,
      request: this.#cause,
      type,
    });
    this.#notifier.notify({
      key,
      kind: type,
      url,
      request: (forged) => {
        const secrets = forged ? [randomBytes(32).toString('hex')] : [present, formerSecret ?? []].flat();
        return {
          headers: { 'content-type': 'application/json', 'stripe-signature': signature(body, this.#now(), secrets) },
          body,
        };
      },
      isAccepted: (status) => status >= 200 && status < 300,
    });
  }

  /** Of the gateway's console. */
  get routes(): readonly Route[] {
    return [
      {
        method: 'PUT',
        path: /^\/v1\/notification-endpoint$/,
        open: true,
        handle: ({ body }) => {
          this.sendTo(parse(endpoint, body));
          return { status: 200, body: { url: this.#endpoint!.url } };
        },
      },
      ...this.#notifier.routes.map((route) => ({ ...route, open: true })),
    ];
  }

  /** From now on, notifications go there. */
  sendTo(known: Endpoint): void {
    this.#endpoint = known;
    if (this.#file === undefined) return;
    writeFileSync(`${this.#file}.new`, JSON.stringify(known), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** Of this attempt, once for each secret. */
function signature(body: string, at: number, secrets: readonly string[]): string {
  const timestamp = Math.floor(at / 1_000);
  const made = secrets.map((key) => createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex'));
  return [`t=${timestamp}`, ...made.map((each) => `v1=${each}`)].join(',');
}
