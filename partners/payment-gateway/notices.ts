/** What the gateway tells its merchant, in the form of Standard Webhooks (standard-webhooks/standard-webhooks, spec 1.0). */
import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { parse, type Route } from '../shared/http.ts';
import { Notifier } from '../shared/notifier.ts';

/** 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 10 h. */
const REPEAT_AFTER_SECONDS = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000];
const PREFIX = 'whsec_';

const endpoint = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  /** Base64 of 24 to 64 bytes, with or without `whsec_` before it. */
  secret: z.string().regex(/^(whsec_)?[A-Za-z0-9+/]{32,88}={0,2}$/, 'Base64 of 24 to 64 bytes'),
});
type Endpoint = z.output<typeof endpoint>;

export class Notices {
  readonly #notifier: Notifier;
  readonly #now: () => number;
  readonly #file: string | undefined;
  #endpoint: Endpoint | undefined;

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

  /** Tells that something has become of the payment `key`. What that is, the merchant asks. */
  tell(key: string, type: string): void {
    if (this.#endpoint === undefined) return;
    const { url, secret } = this.#endpoint;
    const id = `msg_${randomUUID().replaceAll('-', '')}`;
    const body = JSON.stringify({ type, timestamp: new Date(this.#now()).toISOString(), data: { key } });
    this.#notifier.notify({
      key,
      kind: type,
      url,
      request: (forged) => ({
        headers: {
          'content-type': 'application/json',
          ...signedHeaders({ id, body, at: this.#now(), secret: forged ? randomBytes(32).toString('base64') : secret }),
        },
        body,
      }),
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

/** Signed for this attempt. */
function signedHeaders({ id, body, at, secret }: Record<'id' | 'body' | 'secret', string> & { readonly at: number }) {
  const timestamp = Math.floor(at / 1_000);
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` };
}
