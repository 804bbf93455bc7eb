import type { WaybillError } from '../kernel/errors.ts';
import type { OrderId } from '../kernel/ids.ts';
import { type PartnerAnswer, PartnerHttp, type PartnerOptions, type PartnerRequest } from './partner-http.ts';

/** A change that is asked of a partner. */
interface Change<State> extends Pick<PartnerRequest, 'method' | 'body' | 'headers'> {
  /** Below the record's own path, with a leading slash. @default the record itself */
  readonly action?: string;
  /** Whether a record looks as if the change had not been made, but could be. */
  readonly isOpen: (state: State) => boolean;
}

interface PartnerRecordsOptions<State> extends PartnerOptions {
  /** The path of all records; that of one is below it, under the order's id. */
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
 * What a partner keeps of each order under the order's id, such as its payment. Every change resolves to the record as it is
 * afterwards, also when the change was refused.
 *
 * The rule of unknown outcomes: a lost answer is not a failure. When the partner does not answer a change, it is asked what
 * became of the record before anything else is done, and the change
 * - resolves to the record when the change shows in it, or when another change has made this one pointless;
 * - throws `Unavailable` when the change does not show: repeating it is safe;
 * - throws `OutcomeUnknown` when the partner cannot be asked: repeating it is safe, ending without a compensation is
 *   not.
 *
 * It throws `RequestRefused` when the partner does not take the request as it is: then nothing has happened.
 */
export class PartnerRecords<State> {
  readonly #http: PartnerHttp;
  readonly #options: PartnerRecordsOptions<State>;

  constructor(options: PartnerRecordsOptions<State>) {
    this.#http = new PartnerHttp(options);
    this.#options = options;
  }

  /** What the partner knows of the order. @throws Unavailable */
  async find(orderId: OrderId): Promise<State> {
    const { errors, recordIn } = this.#options;
    const answer = await this.#http.send({ method: 'GET', path: this.#pathOf(orderId) });
    if (!answer.ok) throw new errors.Unavailable(orderId, answer.refusal.cause);
    const record = recordIn(answer.value);
    if (!record) {
      throw new errors.Unavailable(orderId, new Error(`An answer ${answer.value.status} that shows no record.`));
    }
    return record;
  }

  /** @throws Unavailable, OutcomeUnknown, RequestRefused */
  async change(orderId: OrderId, { isOpen, action = '', ...request }: Change<State>): Promise<State> {
    const { errors, recordIn } = this.#options;
    const answer = await this.#http.send({ ...request, path: this.#pathOf(orderId) + action });
    if (answer.ok) {
      const record = recordIn(answer.value);
      if (record) return record;
      if (refusesRequest(answer.value)) throw new errors.RequestRefused(orderId, answer.value.status);
    }
    const cause = answer.ok ? undefined : answer.refusal.cause;
    const record = await this.find(orderId).catch((error: unknown) => {
      throw new errors.OutcomeUnknown(orderId, cause ?? error);
    });
    if (isOpen(record)) throw new errors.Unavailable(orderId, cause);
    return record;
  }

  #pathOf(orderId: OrderId): string {
    return `${this.#options.path}/${encodeURIComponent(orderId)}`;
  }
}

/** 409 says that the record is past this change; any other 4xx that shows no record refuses the request as such. */
const refusesRequest = ({ status }: PartnerAnswer): boolean => status >= 400 && status !== 409;
