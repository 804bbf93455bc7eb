import type { PartnerSettings } from '../configuration/partner-settings.ts';
import { addressOf } from '../kernel/base-url.ts';
import type { Result } from '../kernel/result.ts';
import { NoHealthyInstance } from './errors.ts';
import type { HttpExchange } from './http-exchange.ts';
import type { Instance } from './instance.ts';
import type { PartnerRequest } from './partner-exchange.ts';
import type { Balancing } from './ports.ts';
import { pauseBeforeRetry } from './retry.ts';
import { sendOnce, type Unanswered } from './send-once.ts';

/** Time and chance, so that tests can decide about both. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
}

export interface Destinations {
  readonly partner: string;
  readonly instances: readonly Instance[];
  readonly balancing: Balancing;
  /** The base URL while no instance is up. */
  readonly fallbackUrl?: string;
  readonly exchange: HttpExchange;
}

export interface Tried<Answer> {
  readonly result: Result<Answer, Unanswered>;
  readonly tries: number;
}

/**
 * Sends a request to an instance of the partner, and once more to another, or to the same after a pause, as often as the class of
 * the trouble allows. No try begins when the time for one answer is over: a call takes at most twice that.
 * @throws NoHealthyInstance
 */
export async function tryInstances<Answer>(
  request: PartnerRequest<string, Answer>,
  { partner, instances, balancing, fallbackUrl, exchange }: Destinations,
  { retry, timeoutMs, balancing: strategy }: PartnerSettings,
  { now, sleep, random }: Clock,
): Promise<Tried<Answer>> {
  const begun = now();
  const tried = new Set<string>();
  for (let tries = 1; ; tries += 1) {
    const instance = balancing.choose(instances, { strategy, affinity: request.affinity, tried });
    const baseUrl = instance ? addressOf(instance) : fallbackUrl;
    if (baseUrl === undefined) throw new NoHealthyInstance(partner);
    const sentAt = now();
    const result = await sendOnce(request, { baseUrl, timeoutMs, exchange });
    if (instance) balancing.note(instance, { ok: result.ok, durationMs: now() - sentAt });
    if (result.ok) return { result, tries };

    const pause = pauseBeforeRetry(result.refusal, request, retry, tries, random());
    if (pause === undefined) return { result, tries };
    if (instance) tried.add(instance.id);
    const hasAnother = instances.some(({ id, status }) => status === 'up' && !tried.has(id));
    const wait = hasAnother ? 0 : pause;
    if (now() + wait - begun >= timeoutMs) return { result, tries };
    await sleep(wait);
  }
}
