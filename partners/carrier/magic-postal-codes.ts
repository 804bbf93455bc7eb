/** How the simulated carrier treats a booking: as usual, with a late answer, with a refusal of the address, or as if it were down. */
export type Behaviour = 'works' | 'slow' | 'refuses' | 'down';

const POSTAL_CODES: Readonly<Record<string, Behaviour>> = { '00000': 'refuses', '88888': 'slow', '99999': 'down' };

export const behaviourOf = (postalCode: string): Behaviour =>
  (Object.hasOwn(POSTAL_CODES, postalCode) ? POSTAL_CODES[postalCode] : undefined) ?? 'works';
