/** Our credentials for partners as they are deployed. */
import { awsJson } from '../../edge/aws-json.ts';
import { credentialMetrics } from '../chain-metrics.ts';
import { type HttpExchange, nodeExchange } from '../http-exchange.ts';
import { authorisedExchange } from './authorised-exchange.ts';
import { CachedCredential } from './cached-credential.ts';
import type { CredentialSource, Identified } from './ports.ts';
import { credentialInSecret } from './secrets-manager.ts';

/** A call that finds no fresh credential waits no longer than this for one. */
const TIMEOUT_MS = 1_000;

/** Our credential for a partner as this function instance knows it. @param secret the ARN of the secret that holds it */
export const credentialFor = <Known extends Identified>(
  partner: string,
  secret: string,
  parse: (text: string) => Known,
): CredentialSource<Known> =>
  new CachedCredential({
    partner,
    read: credentialInSecret(
      awsJson({ service: 'secretsmanager', target: 'secretsmanager', timeoutMs: TIMEOUT_MS }),
      secret,
      parse,
    ),
    observer: credentialMetrics,
    now: Date.now,
  });

/** The way to a partner, with our credential for it. */
export const exchangeWith = (partner: string, credentials: CredentialSource): HttpExchange =>
  authorisedExchange({ partner, exchange: nodeExchange, credentials, observer: credentialMetrics, now: Date.now });
