import { inWords } from '../../../shared/kernel/money.ts';
import type { PaymentOnRecord } from '../../application/ports.ts';
import { PaymentGatewayUnavailable, PaymentRequestRefused } from '../../domain/errors.ts';
import { gatewayAmount } from './amounts.ts';
import type { Intent, Said } from './answers.ts';
import type { Answered, CardCalls } from './calls.ts';
import { type Attempts, hasLapsed, isUntouched } from './payment-in.ts';

/** The gateway keeps the results of a key for 24 hours at least; an hour is for clocks and for what is still on its way. */
export const KEY_IS_KNOWN_MS = 23 * 3_600_000;

/** How many keys of one request may have been answered by a failure that is kept. */
export const MOST_KEYS = 5;

/** Which attempt of the order it is. */
export interface CurrentAttempt extends Attempts {
  readonly attempt: number;
}

/** The gateway takes no payment of this order as it is, and has none. */
export class CannotBeOpened extends PaymentRequestRefused {}

/**
 * The attempts of an order: attempt n is the intent that was made under the key `<order>-<n>`, with parameters that never change. Making it
 * moves no money, and whoever repeats it gets the same one. See docs/decisions/0141-an-attempt-is-an-intent.md.
 */
export class OrderAttempts {
  readonly #record: PaymentOnRecord;
  readonly #now: () => number;
  readonly #ids = new Map<number, string>();

  /** @param now milliseconds since the epoch */
  constructor(record: PaymentOnRecord, now: () => number) {
    this.#record = record;
    this.#now = now;
    if (record.paymentId !== undefined) this.#ids.set(record.attempt, record.paymentId);
  }

  /** The gateway's id of an attempt, which is opened when nobody has done it yet. @throws PaymentGatewayUnavailable, PaymentRequestRefused */
  async idOf(attempt: number, calls: CardCalls): Promise<string> {
    return this.#ids.get(attempt) ?? (await this.#open(attempt, calls)).intent.id;
  }

  /** Whether the id needs no request. */
  knows(attempt: number): boolean {
    return this.#ids.has(attempt);
  }

  /**
   * The last attempt as it is now: one whose authorisation has lapsed is followed by the next.
   * @param from the first one that may be the last. @default the one on record
   * @param lapsed the authorisation before it
   * @throws PaymentGatewayUnavailable, PaymentRequestRefused
   */
  async current(calls: CardCalls, from = this.#record.attempt, lapsed?: Intent): Promise<CurrentAttempt> {
    const intent = await this.ask(from, calls);
    return hasLapsed(intent) ? this.current(calls, from + 1, intent) : { attempt: from, intent, lapsed };
  }

  /** An attempt as it is now. @throws PaymentGatewayUnavailable, PaymentRequestRefused */
  async ask(attempt: number, calls: CardCalls): Promise<Intent> {
    if (!this.#ids.has(attempt)) {
      const { intent, isNew } = await this.#open(attempt, calls);
      if (isNew) return intent;
    }
    return this.shownBy(calls.retrieve(this.#ids.get(attempt)!));
  }

  async #open(attempt: number, calls: CardCalls): Promise<{ readonly intent: Intent; readonly isNew: boolean }> {
    const found = this.#isKeyKnown() ? undefined : await this.#search(attempt, calls);
    const opened = found ? { intent: found, isNew: false } : await this.#create(attempt, calls);
    this.#ids.set(attempt, opened.intent.id);
    return opened;
  }

  /** No attempt is older than its order. */
  #isKeyKnown(): boolean {
    return this.#now() - this.#record.placedAt < KEY_IS_KNOWN_MS;
  }

  /** What is not found is younger than a minute or was never made: then its key is known still. */
  async #search(attempt: number, calls: CardCalls): Promise<Intent | undefined> {
    const { data } = await this.shownBy(calls.search());
    const found = data.filter(({ metadata }) => metadata?.['attempt'] === String(attempt));
    // There are several when the first answer was a failure that had made one; nobody has used that. The one that is used may not be found
    // yet, nor as it is: of those that are young, the keys tell which it is.
    const isOld = ({ created = 0 }: Intent) => this.#now() - created * 1_000 >= KEY_IS_KNOWN_MS;
    return found.find((intent) => !isUntouched(intent)) ?? found.find(isOld);
  }

  async #create(attempt: number, calls: CardCalls): Promise<{ readonly intent: Intent; readonly isNew: boolean }> {
    const { orderId, firstTotal } = this.#record;
    const amount = gatewayAmount(firstTotal);
    if (amount === undefined) throw new CannotBeOpened(orderId, `it takes no ${inWords(firstTotal)}`);
    for (let again = 1; again <= MOST_KEYS; again += 1) {
      const said = await this.saidBy(
        calls.create(keyOf(`${orderId}-${attempt}`, again), amount, firstTotal.currency, attempt),
      );
      if (said.kind === 'shown') return { intent: said.shown, isNew: !said.isReplayed };
      if (said.kind === 'refused') {
        throw said.isInvalid
          ? new CannotBeOpened(orderId, said.reason)
          : new PaymentRequestRefused(orderId, said.reason);
      }
    }
    throw new PaymentGatewayUnavailable(orderId, new Error(`It keeps failures under ${MOST_KEYS} keys.`));
  }

  /** @throws PaymentGatewayUnavailable when there is no answer, PaymentRequestRefused */
  async shownBy<Shown>(answer: Answered<Shown>): Promise<Shown> {
    const said = await this.saidBy(answer);
    if (said.kind === 'shown') return said.shown;
    throw new PaymentRequestRefused(this.#record.orderId, said.kind === 'refused' ? said.reason : said.kind);
  }

  /** @throws PaymentGatewayUnavailable when there is no answer */
  async saidBy<Shown>(answer: Answered<Shown>): Promise<Said<Shown>> {
    const result = await answer;
    if (result.ok) return result.value;
    throw new PaymentGatewayUnavailable(this.#record.orderId, result.refusal.cause);
  }
}

/** The first key of a request, or a further one when what has failed under those before it was kept. */
export const keyOf = (key: string, again: number): string => (again === 1 ? key : `${key}-${again}`);
