/**
 * The platform certificates of WeChat Pay, which it replaces from time to time, and always before they end. Source:
 * pay.weixin.qq.com/doc/v3/merchant/4012068814.
 */
import { X509Certificate } from 'node:crypto';
import * as z from 'zod';
import { jsonIn } from '../../../shared/outbound/credentials/secret-text.ts';
import type { HttpExchange } from '../../../shared/outbound/http-exchange.ts';
import { authorization } from './authorization.ts';
import type { WechatPayCredential } from './credential.ts';
import { unsealed } from './sealed-resource.ts';
import { distrust, type PlatformKeys, type Received, serialIn } from './verification.ts';

const PATH = '/v3/certificates';
const TIMEOUT_MS = 3_000;
/** Anybody can name a certificate that there is not: after that, WeChat Pay is not asked for a while. */
const ASK_AGAIN_MS = 60_000;
/** Public keys have ids, and are no certificates. */
const PUBLIC_KEY_ID = /^PUB_KEY_ID_/;

const answer = z.object({
  data: z.array(
    z.object({
      serial_no: z.string(),
      encrypt_certificate: z.object({
        ciphertext: z.string(),
        nonce: z.string(),
        associated_data: z.string().optional(),
      }),
    }),
  ),
});

export interface PlatformCertificatesOptions {
  readonly exchange: HttpExchange;
  readonly baseUrl: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Text that no other request has. */
  readonly newNonce: () => string;
}

/** The keys that WeChat Pay signs with: those of our credential, and those of certificates that were fetched since, both during a switch. */
export class PlatformCertificates {
  readonly #options: PlatformCertificatesOptions;
  #fetched: PlatformKeys = new Map();
  #askedInVainAt = Number.NEGATIVE_INFINITY;
  #asking: Promise<void> | undefined;

  constructor(options: PlatformCertificatesOptions) {
    this.#options = options;
  }

  /**
   * Why what was received is not believed; undefined when WeChat Pay has signed it.
   * @param at when it was received, in milliseconds since the epoch
   * @throws Error when the certificate that it names is not known, and cannot be had
   */
  async distrust(received: Received, credential: WechatPayCredential, at: number): Promise<string | undefined> {
    const serial = serialIn(received);
    if (serial !== undefined && !PUBLIC_KEY_ID.test(serial) && !this.#keys(credential).has(serial)) {
      await this.#renew(credential, serial);
    }
    return distrust(received, this.#keys(credential), at);
  }

  #keys({ platformKeys }: WechatPayCredential): PlatformKeys {
    return new Map([...this.#fetched, ...platformKeys]);
  }

  async #renew(credential: WechatPayCredential, serial: string): Promise<void> {
    const { now } = this.#options;
    if (now() < this.#askedInVainAt + ASK_AGAIN_MS) return;
    this.#asking ??= this.#fetch(credential).finally(() => {
      this.#asking = undefined;
    });
    await this.#asking;
    if (!this.#fetched.has(serial)) this.#askedInVainAt = now();
  }

  async #fetch(credential: WechatPayCredential): Promise<void> {
    const { exchange, baseUrl, now, newNonce } = this.#options;
    const occasion = { nonce: newNonce(), at: now() };
    const {
      status,
      text,
      headers = {},
    } = await exchange({
      method: 'GET',
      url: new URL(PATH, baseUrl).href,
      headers: {
        accept: 'application/json',
        'user-agent': 'waybill',
        authorization: authorization({ method: 'GET', path: PATH }, credential, occasion),
      },
      timeoutMs: TIMEOUT_MS,
    });
    if (status !== 200) throw new Error(`WeChat Pay answered ${status} to ${PATH}; expected 200.`);
    const found = keysIn(text, credential.apiV3Key, now());
    // It may be signed with a certificate that is in it: nobody else could seal one with our APIv3 key.
    const reason = distrust({ headers, text }, new Map([...this.#keys(credential), ...found]), now());
    if (reason !== undefined) throw new Error(`The answer to ${PATH} is not believed. ${reason}`);
    this.#fetched = found;
  }
}

/** The keys of the certificates that are valid. @throws Error for one that cannot be opened */
function keysIn(text: string, apiV3Key: string, now: number): PlatformKeys {
  const certificates = answer.parse(jsonIn(text)).data.map(({ serial_no: serial, encrypt_certificate: sealed }) => {
    const opened = unsealed(sealed, apiV3Key);
    if (opened === undefined) throw new Error(`The certificate ${serial} cannot be opened with our APIv3 key.`);
    const certificate = new X509Certificate(opened);
    if (certificate.serialNumber !== serial) throw new Error(`The certificate ${serial} has another serial number.`);
    return certificate;
  });
  return new Map(
    certificates
      .filter(({ validTo }) => Date.parse(validTo) > now)
      .map(({ serialNumber, publicKey }) => [serialNumber, publicKey]),
  );
}
