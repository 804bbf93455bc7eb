/** The carrier, as the health check and the environment of functions name it. */
export const CARRIER = { name: 'carrier', variable: 'CARRIER_URL', credentialVariable: 'CARRIER_CREDENTIAL' } as const;

/** The address of the carrier's notifications ends with the name; the key that signs them is in a secret of its own. */
export const CARRIER_NOTIFICATIONS = {
  name: CARRIER.name,
  credentialVariable: 'CARRIER_NOTIFICATIONS_CREDENTIAL',
} as const;

/** Which partner is asked for what. */
export const SHIPPING_ROUTES = { find: CARRIER, book: CARRIER, cancel: CARRIER } as const;

export type ShippingOperation = keyof typeof SHIPPING_ROUTES;
