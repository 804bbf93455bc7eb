/** One of a partner's servers: where it is, and how it was when it was last heard of. */

import type { Server } from '../kernel/base-url.ts';

/** It answers; it was not heard of lately, or never; it does not answer. */
export type InstanceStatus = 'up' | 'unknown' | 'down';

export interface Instance extends Server {
  /** Unique among the instances of its partner. */
  readonly id: string;
  /** What the partner says about it, such as its `weight`. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Calls go only to instances that are up. */
  readonly status: InstanceStatus;
  /** The last sign of life, or its registration before the first: a heartbeat, or an answered health check. Milliseconds since the epoch. */
  readonly lastHeartbeat: number;
  /** How long the last answered health check took, in milliseconds. */
  readonly latencyMs?: number;
  /** Requests in progress there, as its last heartbeat said. */
  readonly load?: number;
}

/** How long an instance may be silent. */
export interface SilenceLimits {
  readonly unknownAfterSeconds: number;
  readonly downAfterSeconds: number;
}

/** What a health check changes. */
export type CheckResult = Pick<Instance, 'status' | 'lastHeartbeat' | 'latencyMs'>;

/** After a health check that was answered. @param now milliseconds since the epoch */
export const afterAnswer = (now: number, latencyMs: number): CheckResult => ({
  status: 'up',
  lastHeartbeat: now,
  latencyMs,
});

/** After a health check that failed: it depends on how long ago the last sign of life was. @param now milliseconds since the epoch */
export function afterSilence({ status, lastHeartbeat }: Instance, now: number, limits: SilenceLimits): CheckResult {
  const silentSeconds = (now - lastHeartbeat) / 1_000;
  if (silentSeconds > limits.downAfterSeconds) return { status: 'down', lastHeartbeat };
  return { status: silentSeconds > limits.unknownAfterSeconds ? 'unknown' : status, lastHeartbeat };
}
