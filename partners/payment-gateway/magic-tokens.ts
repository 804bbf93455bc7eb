/** How the simulated gateway misbehaves on purpose. An absent field means: like a normal gateway. */
export interface Behaviour {
  /** Refuses the card with this code. */
  readonly declineCode?: string;
  /** The bank challenges the customer (3-D Secure), who passes or fails; `fails` and `open` decide it whatever the customer does. */
  readonly challenge?: 'by-customer' | 'fails' | 'open';
  /** The authorisation has lapsed when it is captured. A renewal holds, or is declined with this code. */
  readonly lapses?: { readonly renewal?: string };
  /** Refuses to hold more than this, in minor units. */
  readonly limit?: number;
  /** The number of confirmations of an order that are answered 503 before one is carried out. */
  readonly outages?: number;
  /** The request is never carried out. */
  readonly ignored?: true;
  /** The answer is never sent. */
  readonly silent?: true;
  /** Changes of the payment are made at once and answered this many milliseconds later. */
  readonly answersAfterMs?: number;
  /** Void and refund always fail. */
  readonly undoFails?: true;
  /** Refunds are on their way until the gateway's staff ends them. */
  readonly refundsPend?: true;
  /** Void and refund are refused until the gateway's staff unlocks the payment. */
  readonly undoLocked?: true;
}

const TOKENS: Readonly<Record<string, Behaviour>> = {
  tok_ok: {},
  tok_declined: { declineCode: 'insufficient_funds' },
  tok_flaky: { outages: 2 },
  tok_3ds: { challenge: 'by-customer' },
  tok_3ds_frictionless: {},
  tok_3ds_failed: { challenge: 'fails' },
  tok_3ds_abandoned: { challenge: 'open' },
  tok_expires: { lapses: {} },
  tok_expires_for_good: { lapses: { renewal: 'insufficient_funds' } },
  tok_slow: { answersAfterMs: 1_000 },
  tok_timeout_charged: { silent: true },
  tok_timeout_not_charged: { ignored: true, silent: true },
  tok_refund_fails: { undoFails: true },
  tok_refund_pending: { refundsPend: true },
  tok_undo_locked: { undoLocked: true },
};

/** `tok_limit_10000`: a card that is good for ¥100.00. */
const LIMIT = /^tok_limit_(?<limit>[1-9]\d{0,14})$/;

export function behaviourOf(token: string): Behaviour {
  const limit = LIMIT.exec(token)?.groups?.['limit'];
  if (limit !== undefined) return { limit: Number(limit) };
  return (Object.hasOwn(TOKENS, token) ? TOKENS[token] : undefined) ?? {};
}

export const isToken = (token: string): boolean => Object.hasOwn(TOKENS, token) || LIMIT.test(token);

/** Why a card is not good for `amount` minor units; undefined when it is. */
export function declineOf({ declineCode, limit }: Behaviour, amount: number): string | undefined {
  return declineCode ?? (limit !== undefined && amount > limit ? 'limit_exceeded' : undefined);
}
