/** Rules that orders at rest or articles break; also by the dimension `Rule`. */
export const BOOKS_BROKEN = { name: 'BooksBroken', unit: 'Count' } as const;
