import { withCredential } from '../../../shared/outbound/credentials/authorised-exchange.ts';
import type { CredentialObserver, CredentialSource } from '../../../shared/outbound/credentials/ports.ts';
import { type HttpExchange, NotCarriedOut } from '../../../shared/outbound/http-exchange.ts';
import { BANK } from '../partner.ts';
import type { BankCredential } from './credential.ts';

export interface BankExchangeOptions {
  readonly exchange: HttpExchange;
  readonly credentials: Pick<CredentialSource<BankCredential>, 'current'>;
  readonly observer: Pick<CredentialObserver, 'refused'>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** Documents to and from the bank as JSON, which the chain of policies reads: `{ document }` is XML, anything else is as the bank has written it. */
export const bankExchange =
  ({ exchange, credentials, observer, now }: BankExchangeOptions): HttpExchange =>
  async (request) => {
    const { account: _, ...credential } = await credentials.current().catch((cause: unknown) => {
      throw new NotCarriedOut('The credential for the bank could not be had.', { cause });
    });
    const { body, ...rest } = request;
    const { document } = JSON.parse(body ?? '{}') as { readonly document?: string };
    const headers = { ...request.headers, accept: 'application/xml, application/json' };
    const asked =
      document === undefined
        ? { ...rest, headers }
        : { ...rest, headers: { ...headers, 'content-type': 'application/xml' }, body: document };
    const answer = await exchange(withCredential(asked, credential, now()));
    if (answer.status === 401) {
      observer.refused(BANK.name, credential.keyId, answer.status);
      throw new NotCarriedOut(`The bank answered 401: it does not accept our credential ${credential.keyId}.`);
    }
    const isXml = String(answer.headers?.['content-type'] ?? '').includes('xml');
    return isXml ? { ...answer, text: JSON.stringify({ document: answer.text }) } : answer;
  };
