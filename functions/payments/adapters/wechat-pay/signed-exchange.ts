import type { CredentialObserver, CredentialSource } from '../../../shared/outbound/credentials/ports.ts';
import { type HttpAnswer, type HttpExchange, NotCarriedOut } from '../../../shared/outbound/http-exchange.ts';
import { WECHAT_PAY } from '../partner.ts';
import { authorization } from './authorization.ts';
import type { WechatPayCredential } from './credential.ts';
import type { PlatformCertificates } from './platform-certificates.ts';

export interface WechatPayExchangeOptions {
  readonly exchange: HttpExchange;
  readonly credentials: Pick<CredentialSource<WechatPayCredential>, 'current'>;
  readonly certificates: Pick<PlatformCertificates, 'distrust'>;
  readonly observer: Pick<CredentialObserver, 'refused'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Text that no other request has. */
  readonly newNonce: () => string;
}

/**
 * The same exchange, with requests that are signed for API v3 and answers that are verified. Rejects for an answer without a good
 * signature: nothing is known then. Errors may come unsigned, from servers in front of WeChat Pay.
 */
export const wechatPayExchange =
  ({ exchange, credentials, certificates, observer, now, newNonce }: WechatPayExchangeOptions): HttpExchange =>
  async (request) => {
    const credential = await credentials.current().catch((cause: unknown) => {
      throw new NotCarriedOut('The credential for WeChat Pay could not be had.', { cause });
    });
    const { pathname, search } = new URL(request.url);
    const { method, body } = request;
    const [serial] = credential.platformKeys.keys();
    const answer = await exchange({
      ...request,
      headers: {
        ...request.headers,
        accept: 'application/json',
        'user-agent': 'waybill',
        ...(serial === undefined ? {} : { 'wechatpay-serial': serial }),
        authorization: authorization(
          { method, path: pathname + search, ...(body === undefined ? {} : { body }) },
          credential,
          { nonce: newNonce(), at: now() },
        ),
      },
    });
    const { status, text, headers = {} } = answer;
    if (status === 401) {
      observer.refused(WECHAT_PAY.name, credential.keyId, status);
      throw new NotCarriedOut(`WeChat Pay answered ${status}: it does not accept our credential ${credential.keyId}.`);
    }
    if (status < 300 || isSigned(answer)) {
      const reason = await certificates.distrust({ headers, text }, credential, now());
      if (reason !== undefined) {
        throw new Error(`The answer ${status} to ${method} ${pathname} is not believed. ${reason}`);
      }
    }
    return { ...answer, text: text === '' ? '{}' : text };
  };

const isSigned = ({ headers = {} }: HttpAnswer): boolean => headers['wechatpay-signature'] !== undefined;
