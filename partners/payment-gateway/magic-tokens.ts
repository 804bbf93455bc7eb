/** What the simulated gateway does on purpose. Absent means: as a gateway should. */
export interface Behaviour {
  /** Refuses the card with this code. */
  readonly declineCode?: string;
  /** So many attempts per key are answered 503 before one is carried out. */
  readonly outages?: number;
  /** The request is never carried out. */
  readonly ignored?: true;
  /** The answer is never sent. */
  readonly silent?: true;
  /** Void and refund never work. */
  readonly undoFails?: true;
}

const TOKENS: Readonly<Record<string, Behaviour>> = {
  tok_ok: {},
  tok_declined: { declineCode: 'insufficient_funds' },
  tok_flaky: { outages: 2 },
  tok_timeout_charged: { silent: true },
  tok_timeout_not_charged: { ignored: true, silent: true },
  tok_refund_fails: { undoFails: true },
};

export const behaviourOf = (token: string): Behaviour =>
  (Object.hasOwn(TOKENS, token) ? TOKENS[token] : undefined) ?? { declineCode: 'unknown_token' };
