/** The intents with what has become of them: those that were asked for, joined with the ledger. */
import type { Entry, Ledger } from '../shared/ledger.ts';
import { HOLD_MS, type Shown, stateOf } from './intent-state.ts';
import { IntentStore } from './intent-store.ts';
import { type Behaviour, behaviourOf } from './magic-tokens.ts';
import type { Intent, PaymentMovement, Refund } from './protocol.ts';
import { missing, Refusal } from './refusal.ts';

export interface BookOptions {
  readonly ledger: Ledger<PaymentMovement>;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Something has become of an intent: the type of the event, such as `payment_intent.canceled`. */
  readonly happened: (type: string, about: Shown, refund?: Refund) => void;
}

/** A movement of an intent that is known. */
export type Unbound = PaymentMovement extends infer M
  ? M extends PaymentMovement
    ? Omit<M, 'paymentId' | 'currency'>
    : never
  : never;

export class IntentBook {
  readonly now: () => number;
  readonly happened: BookOptions['happened'];
  readonly #ledger: Ledger<PaymentMovement>;
  readonly #store: IntentStore;
  /** Keys that the gateway's staff has unlocked; forgotten when the gateway ends. */
  readonly #unlocked = new Set<string>();

  constructor({ ledger, now, happened }: BookOptions) {
    this.#ledger = ledger;
    this.#store = new IntentStore(ledger.database);
    this.now = now;
    this.happened = happened;
  }

  /** @throws Refusal 404, or 400 when a parameter names it */
  get(id: string, status: 400 | 404 = 404): Shown {
    const intent = this.#store.find(id);
    if (intent === undefined) throw missing('payment_intent', id, status === 404 ? 'intent' : 'payment_intent', status);
    return this.#unlessLapsed(this.#shown(intent));
  }

  /** Those of a key, newest first. */
  of(key: string): Shown[] {
    return this.#store.of(key).map((intent) => this.#unlessLapsed(this.#shown(intent)));
  }

  /** Those of a key, or all, newest first, with what had become of them at a moment: milliseconds since the epoch. */
  seenAt(moment: number, key?: string): Shown[] {
    const known = this.#store.of(key).filter(({ created }) => created <= moment);
    return known.map((intent) => this.#shown(intent, moment));
  }

  ofRefund(refundId: string): Shown {
    const intent = this.#store.ofRefund(refundId);
    if (intent === undefined) throw missing('refund', refundId, 'id');
    return this.#shown(intent);
  }

  /** Lets the authorisations of the key lapse, as time would do it. */
  expire(key: string): Shown[] {
    return this.of(key).map((shown) => this.lapsed(shown));
  }

  unlock(key: string): void {
    this.#unlocked.add(key);
  }

  /** @throws Refusal as the card's token wants it; it is no result, so that the Idempotency-Key can be used again */
  assertUndoWorks(intent: Intent): void {
    const { undoFails, undoLocked } = this.behaviourOf(intent);
    if (undoFails) throw new Refusal(502, { type: 'api_error', message: 'Nothing can be given back.' });
    if (undoLocked && !this.#unlocked.has(intent.key)) {
      throw new Refusal(403, { type: 'invalid_request_error', message: 'Our staff has locked this payment.' });
    }
  }

  /** All that `work` writes, or, when it throws, nothing of it. */
  atOnce<Result>(work: () => Result): Result {
    return this.#ledger.transaction(work);
  }

  /** Writes a movement of the intent, and what is asked of it by now. */
  record(intent: Intent, movement: Unbound): Shown {
    this.append(intent, movement);
    return this.put(intent);
  }

  answersAfterMs({ intent }: Shown): number | undefined {
    return this.behaviourOf(intent).answersAfterMs;
  }

  /** Whether an earlier intent of the order has been authorised. */
  isRenewal({ id, key }: Intent): boolean {
    return this.#ledger.of(key).some(({ kind, paymentId }) => kind === 'authorisation' && paymentId !== id);
  }

  #unlessLapsed(shown: Shown): Shown {
    const { status, heldSince = Infinity } = shown.state;
    return status === 'requires_capture' && heldSince + HOLD_MS <= this.now() ? this.lapsed(shown) : shown;
  }

  lapsed(shown: Shown): Shown {
    const { intent, state } = shown;
    if (state.status !== 'requires_capture') return shown;
    return this.moved(intent, { kind: 'expiry', amount: state.amount }, 'payment_intent.canceled');
  }

  behaviourOf({ paymentMethod }: Intent): Behaviour {
    return paymentMethod === undefined ? {} : behaviourOf(paymentMethod);
  }

  moved(intent: Intent, movement: Unbound, event: string): Shown {
    this.append(intent, movement);
    const shown = this.#shown(intent);
    this.happened(event, shown);
    return shown;
  }

  append({ id, key, currency }: Intent, movement: Unbound): void {
    this.#ledger.append(key, { ...movement, paymentId: id, currency: currency.toUpperCase() });
  }

  put(intent: Intent): Shown {
    this.#store.put(intent);
    return this.#shown(intent);
  }

  #shown(intent: Intent, until = Infinity): Shown {
    const entries = this.#ledger.of(intent.key).filter(isOf(intent.id, until));
    return { intent, state: stateOf(intent, entries) };
  }
}

const isOf =
  (id: string, until: number) =>
  ({ paymentId, at }: Entry<PaymentMovement>): boolean =>
    paymentId === id && Date.parse(at) <= until;
