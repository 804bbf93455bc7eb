/** Stands where a text of or about a person was that is erased. */
export const ERASED = '[erased]';
