/** What the simulated carrier does on purpose with a booking: answers late, refuses the address, or cannot be reached. */
export type Behaviour = 'works' | 'slow' | 'refuses' | 'down';

const POSTAL_CODES: Readonly<Record<string, Behaviour>> = { '00000': 'refuses', '88888': 'slow', '99999': 'down' };

export const behaviourOf = (postalCode: string): Behaviour =>
  (Object.hasOwn(POSTAL_CODES, postalCode) ? POSTAL_CODES[postalCode] : undefined) ?? 'works';
