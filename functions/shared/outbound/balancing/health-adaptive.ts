import { drawInProportion } from './in-proportion.ts';
import type { Candidate, Strategy } from './strategy.ts';

/** In proportion to the health score: a slow or failing instance gets fewer calls, and more again as it recovers. */
export const healthAdaptive: Strategy = (candidates, draw) => drawInProportion(candidates, healthScore, draw.random);

/**
 * From 0 to 100: up to 70 for the latency, which is full at 50 ms and nothing from a second on, 50 while it is not known; up to 30 for the
 * share of calls that succeed.
 */
export function healthScore({ latencyMs, errorRate }: Candidate): number {
  const speed = latencyMs === undefined ? 50 : Math.min(1, Math.max(0, (1_000 - latencyMs) / 950)) * 70;
  return speed + (1 - errorRate) * 30;
}
