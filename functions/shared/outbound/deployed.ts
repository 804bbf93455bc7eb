/** The way to partners as it is deployed. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { configurationSource } from '../configuration/deployed.ts';
import { singleTryClient } from '../edge/document-client.ts';
import { readEnvironment, tableName } from '../edge/environment.ts';
import { safeUrl } from '../edge/safe-url.ts';
import { DynamoDbRateLimiter } from '../rate-limit/dynamodb-rate-limiter.ts';
import { DynamoDbCallSlots } from './adapters/dynamodb-call-slots.ts';
import { DynamoDbPartnerStore } from './adapters/dynamodb-partner-store.ts';
import { Balancer } from './balancing/balancer.ts';
import { chainMetrics } from './chain-metrics.ts';
import { parseCredential } from './credentials/credential.ts';
import { credentialFor, exchangeWith } from './credentials/deployed.ts';
import type { CredentialSource, Identified } from './credentials/ports.ts';
import type { HttpExchange } from './http-exchange.ts';
import { PartnerLimits } from './limits.ts';
import type { PartnerExchange } from './partner-exchange.ts';
import { PolicyChain } from './policy-chain.ts';
import { BUCKET_ENTRY, PARTNER_TABLES } from './tables.ts';

/** A call to a partner waits no longer than this for the table; on a warm connection it takes a few milliseconds. */
const TIMEOUT_MS = 250;

const clock = { now: Date.now, sleep: (ms: number) => sleep(ms), random: Math.random };

/** A partner as its context names it. */
export interface NamedPartner {
  readonly name: string;
  /** The environment variable that carries its base URL. */
  readonly variable: string;
  /** The environment variable that names the secret with our credential. */
  readonly credentialVariable: string;
}

/** How requests to a partner carry our credential. @throws Error when the environment does not name its secret */
export type WayTo = (partner: NamedPartner) => HttpExchange;

/** The chain of policies in front of the partners that a context's routes name. */
export function partnerExchange<Operation extends string>(
  routes: Readonly<Record<Operation, NamedPartner>>,
  wayTo: WayTo = authorised,
): PartnerExchange<Operation> {
  const { partitionKey, sortKey } = PARTNER_TABLES.partners;
  const table = { db: singleTryClient(), tableName: tableName(PARTNER_TABLES.partners), timeoutMs: TIMEOUT_MS };
  const { now } = clock;
  const ways = new Map(Object.values<NamedPartner>(routes).map((partner) => [partner.name, wayTo(partner)]));
  const limits = new PartnerLimits({
    limiter: new DynamoDbRateLimiter({
      ...table,
      keyOf: (partner) => ({ [partitionKey]: partner, [sortKey]: BUCKET_ENTRY }),
      now,
    }),
    slots: new DynamoDbCallSlots({ ...table, now }),
    onUnavailable: chainMetrics.storeUnavailable,
    now,
  });
  return new PolicyChain({
    routes: addressed(routes),
    configuration: configurationSource(),
    limits,
    store: new DynamoDbPartnerStore(table),
    balancing: () => new Balancer(clock),
    exchangeWith: (partner) => ways.get(partner)!,
    clock,
    newId: randomUUID,
    observer: chainMetrics,
  });
}

const addressed = <Operation extends string>(routes: Readonly<Record<Operation, NamedPartner>>) =>
  Object.fromEntries(
    (Object.entries(routes) as [Operation, NamedPartner][]).map(([operation, { name, variable }]) => [
      operation,
      { name, fallbackUrl: readEnvironment(z.object({ [variable]: safeUrl }))[variable]! },
    ]),
  ) as Record<Operation, { readonly name: string; readonly fallbackUrl: string }>;

const authorised: WayTo = (partner) => exchangeWith(partner.name, credentialOf(partner, parseCredential));

/** Our credential for a partner. @throws Error when the environment does not name its secret */
export function credentialOf<Known extends Identified>(
  { name, credentialVariable }: Omit<NamedPartner, 'variable'>,
  parse: (text: string) => Known,
): CredentialSource<Known> {
  const secret = readEnvironment(z.object({ [credentialVariable]: z.string().min(1) }))[credentialVariable]!;
  return credentialFor(name, secret, parse);
}
