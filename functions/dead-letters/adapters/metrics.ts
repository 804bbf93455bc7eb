/** Letters that wait for a person: nobody has resent them, or they came back. */
export const DEAD_LETTERS_WAITING = { name: 'DeadLettersWaiting', unit: 'Count' } as const;
