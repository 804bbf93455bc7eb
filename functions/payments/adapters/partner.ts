/** The payment gateway, as the health check and the environment of functions name it. */
export const PAYMENT_GATEWAY = { name: 'payment-gateway', variable: 'PAYMENT_GATEWAY_URL' } as const;
