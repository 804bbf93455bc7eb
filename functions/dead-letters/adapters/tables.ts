import { DEAD_LETTERS_TABLE } from '../../shared/dead-letters/tables.ts';

/** The table of dead letters: what the adapter writes and the infrastructure creates. */
export const DEAD_LETTER_TABLES = { deadLetters: DEAD_LETTERS_TABLE } as const;
