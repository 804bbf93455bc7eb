import type { PartnerSettings } from '../configuration/partner-settings.ts';
import type { PartnerRequest } from './partner-exchange.ts';
import type { Unanswered } from './send-once.ts';

/**
 * How long to wait before a call without an answer is tried once more, by the class of its trouble, in milliseconds; undefined when
 * it must not be. A change that may have been carried out is never repeated here: its caller asks first.
 * @param tries how often it was tried
 * @param random from 0 to 1
 */
export function pauseBeforeRetry(
  { isUnsent }: Unanswered,
  { method }: Pick<PartnerRequest<string, unknown>, 'method'>,
  { transient, connection }: PartnerSettings['retry'],
  tries: number,
  random: number,
): number | undefined {
  if (isUnsent) return tries < connection.attempts ? connection.delayMs : undefined;
  if (method !== 'GET' || tries >= transient.attempts) return undefined;
  return random * Math.min(transient.maxDelayMs, transient.firstDelayMs * 2 ** (tries - 1));
}
