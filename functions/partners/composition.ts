/** What the functions of partners stand on when they are deployed. */
import * as z from 'zod';
import { EVENT_SOURCES } from '../published/event-sources.ts';
import { configurationSource } from '../shared/configuration/deployed.ts';
import { awsJson } from '../shared/edge/aws-json.ts';
import { documentClient } from '../shared/edge/document-client.ts';
import { readEnvironment, tableName } from '../shared/edge/environment.ts';
import { safeUrl } from '../shared/edge/safe-url.ts';
import { EventBridgePublisher } from '../shared/event-log/event-bridge-publisher.ts';
import { DynamoDbPartnerStore } from '../shared/outbound/adapters/dynamodb-partner-store.ts';
import { countWaiting } from '../shared/outbound/adapters/waiting-orders.ts';
import { parseCredential } from '../shared/outbound/credentials/credential.ts';
import { credentialFor, exchangeWith } from '../shared/outbound/credentials/deployed.ts';
import { nodeExchange } from '../shared/outbound/http-exchange.ts';
import { PARTNER_TABLES, WAITS_TABLE } from '../shared/outbound/tables.ts';
import { certificatesIn } from './adapters/client-certificates.ts';
import { DynamoDbInstanceRegistry } from './adapters/dynamodb-instance-registry.ts';
import { HttpCredentialRegistry } from './adapters/http-credential-registry.ts';
import { HttpHealthCheck } from './adapters/http-health-check.ts';
import { newCredential } from './adapters/new-credential.ts';
import { CREDENTIALS_VARIABLE, PARTNERS_VARIABLE } from './adapters/partner.ts';
import { partnerMonitor } from './adapters/partner-monitor.ts';
import { SecretsManagerVersions } from './adapters/secret-versions.ts';
import type { Partner } from './application/ports.ts';

/** An instance that needs longer is not well. */
const HEALTH_TIMEOUT_MS = 2_000;
const STORE_TIMEOUT_MS = 2_000;
const ROTATION_TIMEOUT_MS = 5_000;

const knownPartners = z.object({
  [PARTNERS_VARIABLE]: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(z.object({ name: z.string(), fallbackUrl: z.string() }))),
});

/** The partners of the deployment. */
const partners = () => readEnvironment(knownPartners)[PARTNERS_VARIABLE] as readonly Partner[];

const store = () =>
  new DynamoDbPartnerStore({
    db: documentClient(),
    tableName: tableName(PARTNER_TABLES.partners),
    timeoutMs: STORE_TIMEOUT_MS,
  });

export function listing() {
  const waits = tableName(WAITS_TABLE);
  const waiting = (partner: string) => countWaiting(documentClient(), waits, partner);
  return { partners: partners(), store: store(), countWaiting: waiting };
}

export const registering = () => ({
  partners: partners(),
  registry: new DynamoDbInstanceRegistry(documentClient(), tableName(PARTNER_TABLES.partners)),
  now: Date.now,
});

export function checking() {
  const credentials = new Map(
    credentialled().map(({ partner, secret }) => [partner, credentialFor(partner, secret, parseCredential)] as const),
  );
  const sourceOf = (partner: string) => credentials.get(partner)!;
  const ways = new Map([...credentials].map(([partner, source]) => [partner, exchangeWith(partner, source)]));
  return {
    ...registering(),
    store: store(),
    publisher: new EventBridgePublisher(
      readEnvironment(z.object({ EVENT_BUS_NAME: z.string() })).EVENT_BUS_NAME,
      EVENT_SOURCES.partners,
    ),
    health: new HttpHealthCheck({
      exchangeWith: (partner) => ways.get(partner)!,
      timeoutMs: HEALTH_TIMEOUT_MS,
      clock: () => performance.now(),
    }),
    certificates: certificatesIn(sourceOf),
    monitor: partnerMonitor,
    limits: async () => (await configurationSource().current()).instances,
  };
}

const secrets = z.object({
  [CREDENTIALS_VARIABLE]: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(z.object({ partner: z.string(), url: safeUrl, secret: z.string() }))),
});

/** The partners with their addresses and the secrets with our credentials. */
const credentialled = () => readEnvironment(secrets)[CREDENTIALS_VARIABLE];

/** What the rotation of a secret stands on, by the secret's ARN. @throws Error for a secret that is none of a partner's */
export function rotating() {
  const known = credentialled();
  const call = awsJson({ service: 'secretsmanager', target: 'secretsmanager', timeoutMs: ROTATION_TIMEOUT_MS });
  return (secretId: string) => {
    const found = known.find(({ secret }) => secret === secretId);
    if (found === undefined) throw new Error(`No partner of this deployment has its credential in ${secretId}.`);
    const { partner, url: baseUrl } = found;
    return {
      partner,
      deps: {
        secret: new SecretsManagerVersions({ secretId, call }),
        registry: new HttpCredentialRegistry({
          partner,
          baseUrl,
          exchange: nodeExchange,
          timeoutMs: ROTATION_TIMEOUT_MS,
          now: Date.now,
        }),
        successorOf: newCredential,
      },
    };
  };
}
