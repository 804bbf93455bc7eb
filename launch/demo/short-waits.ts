/**
 * The configuration of a platform on which orders wait for a partner that stays away for seconds, and not for hours: so that a demo
 * or a test sees how they end. The circuits stay closed, because one card or address alone makes a partner fail here.
 */
export const SHORT_WAITS = {
  recovery: {
    paymentWindowSeconds: 20,
    checkoutLimitSeconds: 40,
    compensationLimitSeconds: 5,
    platformRetrySeconds: 1,
  },
  breaker: { consecutiveFailures: 1_000, failureRate: null },
} as const;
