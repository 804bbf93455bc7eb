/** Statements of the bank that do not follow on from the last one. */
export const STATEMENT_GAPS = { name: 'BankStatementGaps', unit: 'Count' } as const;
/** Transfers that wait for a person to say what they are for. */
export const UNMATCHED_TRANSFERS = { name: 'BankTransfersUnmatched', unit: 'Count' } as const;
/** Transfers that a person has to see to: one that cannot be given back, or one of ours that came back. */
export const STRANDED_TRANSFERS = { name: 'BankTransfersStranded', unit: 'Count' } as const;
