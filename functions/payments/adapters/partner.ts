/** The payment gateway, as the health check and the environment of functions name it. */
export const PAYMENT_GATEWAY = {
  name: 'payment-gateway',
  variable: 'PAYMENT_GATEWAY_URL',
  credentialVariable: 'PAYMENT_GATEWAY_CREDENTIAL',
} as const;

/** Which partner is asked for what. */
export const PAYMENT_ROUTES = {
  find: PAYMENT_GATEWAY,
  authorise: PAYMENT_GATEWAY,
  adjust: PAYMENT_GATEWAY,
  capture: PAYMENT_GATEWAY,
  void: PAYMENT_GATEWAY,
  refund: PAYMENT_GATEWAY,
} as const;

export type PaymentOperation = keyof typeof PAYMENT_ROUTES;
