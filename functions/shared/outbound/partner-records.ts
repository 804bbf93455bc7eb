import type { WaybillError } from '../kernel/errors.ts';
import type { OrderId } from '../kernel/ids.ts';
import type { PartnerAnswer, PartnerExchange, PartnerRequest } from './partner-exchange.ts';

/** A change that is asked of a partner. */
interface Change<Operation extends string, State>
  extends Pick<PartnerRequest<Operation, State>, 'operation' | 'method' | 'body' | 'headers'> {
  /** What the record is kept under. @default the order's id */
  readonly key?: string;
  /** Below the record's own path, with a leading slash. @default the record itself */
  readonly action?: string;
  /** Whether a record looks as if the change had not been made, but could be. */
  readonly isOpen: (state: State) => boolean;
}

interface PartnerRecordsOptions<Operation extends string, State> {
  readonly exchange: PartnerExchange<Operation | 'find'>;
  /** The path of all records; that of one is below it, under its key. */
  readonly path: string;
  /** The record that an answer shows; undefined when it shows none. */
  readonly recordIn: (answer: PartnerAnswer) => State | undefined;
  readonly errors: {
    readonly Unavailable: new (orderId: OrderId, cause?: unknown) => WaybillError;
    readonly OutcomeUnknown: new (orderId: OrderId, cause?: unknown) => WaybillError;
    readonly RequestRefused: new (orderId: OrderId, status: number) => WaybillError;
  };
}

/**
 * What a partner keeps of each order, under the order's id or one of its own, such as its payment. Every change resolves to the record as it is
 * afterwards, also when the change was refused.
 *
 * The rule of unknown outcomes: a lost answer is not a failure. When the partner does not answer a change, it is asked what
 * became of the record before anything else is done, and the change
 * - resolves to the record when the change shows in it, or when another change has made this one pointless;
 * - throws `Unavailable` when the change does not show: repeating it is safe;
 * - throws `OutcomeUnknown` when the partner cannot be asked: repeating it is safe, ending without a compensation is
 *   not.
 *
 * It throws `RequestRefused` when the partner does not take the request as it is: then nothing has happened. What the exchange
 * does not send, it throws: then there is nothing to ask about.
 */
export class PartnerRecords<Operation extends string, State> {
  readonly #options: PartnerRecordsOptions<Operation, State>;

  constructor(options: PartnerRecordsOptions<Operation, State>) {
    this.#options = options;
  }

  /** What the partner knows of the record. @throws Unavailable, CircuitOpen, PartnerBusy, NoHealthyInstance */
  async find(orderId: OrderId, key: string = orderId): Promise<State> {
    const { exchange, errors, recordIn } = this.#options;
    const answer = await exchange.send({
      operation: 'find',
      affinity: orderId,
      method: 'GET',
      path: this.#pathOf(key),
      read: recordIn,
    });
    if (!answer.ok) throw new errors.Unavailable(orderId, answer.refusal.cause);
    return answer.value;
  }

  /** @throws Unavailable, OutcomeUnknown, RequestRefused, CircuitOpen, PartnerBusy, NoHealthyInstance */
  async change(
    orderId: OrderId,
    { isOpen, key = orderId, action = '', ...request }: Change<Operation, State>,
  ): Promise<State> {
    const { exchange, errors, recordIn } = this.#options;
    const answer = await exchange.send<{ record: State } | { refusal: number }>({
      ...request,
      affinity: orderId,
      path: this.#pathOf(key) + action,
      read: (said) => {
        const record = recordIn(said);
        if (record !== undefined) return { record };
        return refusesRequest(said) ? { refusal: said.status } : undefined;
      },
    });
    if (answer.ok) {
      if ('record' in answer.value) return answer.value.record;
      throw new errors.RequestRefused(orderId, answer.value.refusal);
    }
    const { cause } = answer.refusal;
    const record = await this.find(orderId, key).catch(() => {
      throw new errors.OutcomeUnknown(orderId, cause);
    });
    if (isOpen(record)) throw new errors.Unavailable(orderId, cause);
    return record;
  }

  #pathOf(key: string): string {
    return `${this.#options.path}/${encodeURIComponent(key)}`;
  }
}

/** 409 says that the record is past this change; any other 4xx that shows no record refuses the request as such. */
const refusesRequest = ({ status }: PartnerAnswer): boolean => status >= 400 && status !== 409;
