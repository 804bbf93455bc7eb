/** The carrier, as the health check and the environment of functions name it. */
export const CARRIER = { name: 'carrier', variable: 'CARRIER_URL' } as const;
