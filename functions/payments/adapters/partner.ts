/** The payment gateway, as the health check and the environment of functions name it. */
export const PAYMENT_GATEWAY = {
  name: 'payment-gateway',
  variable: 'PAYMENT_GATEWAY_URL',
  credentialVariable: 'PAYMENT_GATEWAY_CREDENTIAL',
} as const;

/** The address of the gateway's notifications ends with the name; the key that signs them is in a secret of its own. */
export const CARD_NOTIFICATIONS = {
  name: 'card',
  credentialVariable: 'CARD_NOTIFICATIONS_CREDENTIAL',
} as const;

/** The channels at which customers pay at checkout. */
export const ALIPAY = {
  name: 'alipay',
  variable: 'ALIPAY_URL',
  credentialVariable: 'ALIPAY_CREDENTIAL',
} as const;
export const WECHAT_PAY = {
  name: 'wechat-pay',
  variable: 'WECHAT_PAY_URL',
  credentialVariable: 'WECHAT_PAY_CREDENTIAL',
} as const;
/** The bank at which the shop has its account. */
export const BANK = {
  name: 'bank',
  variable: 'BANK_URL',
  credentialVariable: 'BANK_CREDENTIAL',
} as const;
/** The environment variable with the address below which each channel notifies us. */
export const NOTIFICATIONS_VARIABLE = 'PAYMENT_NOTIFICATIONS_URL';

/** The environment variable with the page of the shop to which the bank of a card sends its customer after a challenge. */
export const CARD_RETURN_VARIABLE = 'CARD_RETURN_URL';

/** Which partner is asked for what. */
export const PAYMENT_ROUTES = {
  find: PAYMENT_GATEWAY,
  authorise: PAYMENT_GATEWAY,
  adjust: PAYMENT_GATEWAY,
  renew: PAYMENT_GATEWAY,
  capture: PAYMENT_GATEWAY,
  void: PAYMENT_GATEWAY,
  refund: PAYMENT_GATEWAY,
} as const;

export type PaymentOperation = keyof typeof PAYMENT_ROUTES;

/** What is asked of a channel at which customers pay at checkout. */
export const checkoutRoutes = <Partner>(partner: Partner) => ({
  find: partner,
  authorise: partner,
  void: partner,
  refund: partner,
});

/** What is asked of the bank. */
export const BANK_ROUTES = { find: BANK, refund: BANK, statement: BANK } as const;
export type BankOperation = keyof typeof BANK_ROUTES;
