/** The settings of recovery, which can change at run time. */
export interface RecoverySettings {
  /** How long a payment may take to be authorised. */
  readonly paymentWindowSeconds: number;
  /** How long an order may take until its payment is captured. */
  readonly checkoutLimitSeconds: number;
  /** How long a compensation is tried before it becomes a person's task. */
  readonly compensationLimitSeconds: number;
  readonly taskDueSeconds: number;
  /** How long a step waits after trouble of the platform's own services. */
  readonly platformRetrySeconds: number;
  readonly ramp: Ramp;
}

/** How many calls the partner is to get; each is absent when there is no such limit. */
export interface CallLimits {
  readonly limit?: { readonly perSecond: number; readonly burst: number } | undefined;
  /** At the same time. */
  readonly maxConcurrent?: number | undefined;
}

/** How many waiting orders go on at a time when their partner is back. */
export interface Ramp {
  readonly initial: number;
  /** By which each round is larger than the one before. */
  readonly factor: number;
  readonly maximum: number;
  readonly intervalSeconds: number;
}

/** The ramp with no more orders at a time than the limits let through: a limit would send the others back at once. */
export function rampWithin(ramp: Ramp, { limit, maxConcurrent }: CallLimits): Ramp {
  const calls = limit === undefined ? ramp.maximum : Math.min(limit.burst, limit.perSecond * ramp.intervalSeconds);
  const maximum = Math.min(ramp.maximum, calls, maxConcurrent ?? ramp.maximum);
  return { ...ramp, initial: Math.min(ramp.initial, maximum), maximum };
}
