/** What the carrier tells its merchant of parcels. */
import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import { parse, type Route } from '../shared/http.ts';
import { Notifier } from '../shared/notifier.ts';
import type { Tracking } from './protocol.ts';

/** Over a day, at ever greater intervals. */
const REPEAT_AFTER_SECONDS = [5, 60, 300, 1_800, 7_200, 28_800, 43_200];

const endpoint = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  secret: z.string().min(32).max(255),
});
type Endpoint = z.output<typeof endpoint>;

export class TrackingNotices {
  readonly #notifier: Notifier;
  readonly #now: () => number;
  readonly #file: string | undefined;
  #endpoint: Endpoint | undefined;

  /**
   * @param file where the merchant's endpoint is kept. @default in memory
   * @param now milliseconds since the epoch. @default of this machine
   */
  constructor(file?: string, now: () => number = Date.now) {
    this.#file = file;
    this.#now = now;
    this.#notifier = new Notifier(REPEAT_AFTER_SECONDS);
    if (file !== undefined && existsSync(file)) this.#endpoint = endpoint.parse(JSON.parse(readFileSync(file, 'utf8')));
  }

  /** Tells what has become of the parcel of `key`, when the merchant has said where. */
  tell(key: string, { id, status, happenedAt }: Tracking, trackingNumber: string): void {
    if (this.#endpoint === undefined) return;
    const { url, secret } = this.#endpoint;
    const body = JSON.stringify({ id, key, trackingNumber, status, at: happenedAt });
    this.#notifier.notify({
      key,
      kind: status,
      url,
      request: (forged) => ({
        headers: {
          'content-type': 'application/json',
          'carrier-signature': signature(body, this.#now(), forged ? randomBytes(32).toString('hex') : secret),
        },
        body,
      }),
      isAccepted: (answered) => answered >= 200 && answered < 300,
    });
  }

  /** Of the carrier's console. */
  get routes(): readonly Route[] {
    return [
      {
        method: 'PUT',
        path: /^\/v1\/notification-endpoint$/,
        open: true,
        handle: ({ body }) => {
          this.#sendTo(parse(endpoint, body));
          return { status: 200, body: { url: this.#endpoint!.url } };
        },
      },
      ...this.#notifier.routes.map((route) => ({ ...route, open: true })),
    ];
  }

  #sendTo(known: Endpoint): void {
    this.#endpoint = known;
    if (this.#file === undefined) return;
    writeFileSync(`${this.#file}.new`, JSON.stringify(known), { mode: 0o600 });
    renameSync(`${this.#file}.new`, this.#file);
  }
}

/** Of this attempt. */
function signature(body: string, at: number, key: string): string {
  const timestamp = Math.floor(at / 1_000);
  return `t=${timestamp},v1=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`;
}
