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

/** How many waiting orders go on at a time when their partner is back. */
export interface Ramp {
  readonly initial: number;
  /** By which each round is larger than the one before. */
  readonly factor: number;
  readonly maximum: number;
  readonly intervalSeconds: number;
}
