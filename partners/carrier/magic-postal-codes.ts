/** How the simulated carrier treats a booking: as usual, with a late answer, with a refusal of the address, or as if it were down. */
export type Behaviour = 'works' | 'slow' | 'refuses' | 'down';

const POSTAL_CODES: Readonly<Record<string, Behaviour>> = { '000000': 'refuses', '888888': 'slow', '999999': 'down' };

export const behaviourOf = (postalCode = ''): Behaviour =>
  (Object.hasOwn(POSTAL_CODES, postalCode) ? POSTAL_CODES[postalCode] : undefined) ?? 'works';
