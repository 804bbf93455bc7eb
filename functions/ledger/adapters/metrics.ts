/** Rules that orders at rest break; also by the dimension `Rule`. */
export const BOOKS_BROKEN = { name: 'BooksBroken', unit: 'Count' } as const;
