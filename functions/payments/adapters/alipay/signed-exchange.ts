import type { CredentialObserver, CredentialSource } from '../../../shared/outbound/credentials/ports.ts';
import { type HttpExchange, NotCarriedOut } from '../../../shared/outbound/http-exchange.ts';
import { chinaTime } from '../china-time.ts';
import { ALIPAY } from '../partner.ts';
import type { AlipayCredential } from './credential.ts';
import { signedAnswer } from './signed-answer.ts';
import { type Parameters, signed } from './signing.ts';

export interface AlipayExchangeOptions {
  readonly exchange: HttpExchange;
  readonly credentials: Pick<CredentialSource<AlipayCredential>, 'current'>;
  readonly observer: Pick<CredentialObserver, 'refused'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Alipay does not take the call as ours: it was not carried out. */
const NOT_OURS = /^isv\.(invalid-(app-id|signature|timestamp)|missing-signature|app-cert-|root-cert-)/;

/**
 * Calls of Alipay's OpenAPI as JSON: the body of a request is `biz_content`, its URL names `method`; the body of the answer is what
 * Alipay has signed. Rejects for an answer without a good signature: nothing is known then.
 */
export const alipayExchange =
  ({ exchange, credentials, observer, now }: AlipayExchangeOptions): HttpExchange =>
  async (request) => {
    const credential = await credentials.current().catch((cause: unknown) => {
      throw new NotCarriedOut('The credential for Alipay could not be had.', { cause });
    });
    const url = new URL(request.url);
    const method = url.searchParams.get('method') ?? '';
    const { biz_content = '', ...onUrl } = alipayParameters(
      { ...Object.fromEntries(url.searchParams), biz_content: request.body ?? '{}' },
      credential,
      now(),
    );
    const answer = await exchange({
      ...request,
      url: `${url.origin}${url.pathname}?${new URLSearchParams(onUrl).toString()}`,
      headers: { ...request.headers, 'content-type': 'application/x-www-form-urlencoded;charset=utf-8' },
      body: new URLSearchParams({ biz_content }).toString(),
    });
    if (answer.status !== 200) return answer;
    const content = signedAnswer(answer.text, method, credential.alipayKey);
    if (content === undefined) throw new Error(`The answer to ${method} has no signature of Alipay.`);
    const { sub_code: subCode } = content as { readonly sub_code?: string };
    if (subCode !== undefined && NOT_OURS.test(subCode)) {
      observer.refused(ALIPAY.name, credential.keyId, answer.status);
      throw new NotCarriedOut(`Alipay answered ${subCode}: it does not accept our credential ${credential.keyId}.`);
    }
    return { status: answer.status, text: JSON.stringify(content) };
  };

/** The parameters of a call or of a page with what all have, signed. @param at milliseconds since the epoch */
export const alipayParameters = (own: Parameters, credential: AlipayCredential, at: number): Parameters =>
  signed(
    {
      app_id: credential.appId,
      format: 'JSON',
      charset: 'utf-8',
      sign_type: 'RSA2',
      timestamp: alipayTime(at),
      version: '1.0',
      ...credential.certificates,
      ...own,
    },
    credential.privateKey,
  );

/** `2026-11-27 16:00:00`. @param at milliseconds since the epoch */
export const alipayTime = (at: number): string => chinaTime(at).replace('T', ' ');
