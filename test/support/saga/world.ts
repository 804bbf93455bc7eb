/** A model of everything one order can do to the world, and an explorer of all ways in which its steps can end. */
import { StepError } from './steps.ts';

/** How a step can end, seen from outside: what it did, and what the saga was told. */
export type Outcome =
  | 'ok'
  | 'refused'
  | 'cancelled'
  | 'fails before its effect'
  | 'fails after its effect'
  | 'answers only when repeated'
  | 'takes effect after the end';

export type Movement =
  | 'reserved'
  | 'released'
  | 'authorised'
  | 'captured'
  | 'voided'
  | 'refunded'
  | 'booked'
  | 'unbooked'
  | 'confirmed'
  | 'cancelled';

/** Inventory, gateway, carrier and stream as the steps' contracts describe them: idempotent, and closed to what was undone. */
export class World {
  readonly movements: Movement[] = [];
  readonly #closed = new Set<'inventory' | 'payment' | 'shipment'>();

  /** The effect of each step. @throws StepError when a forward step arrives after its compensation. */
  readonly effects: Readonly<Record<string, () => void>> = {
    ReserveInventory: () => this.#do('reserved', 'inventory', 'ReservationReleased'),
    AuthorisePayment: () => this.#do('authorised', 'payment', 'PaymentVoided'),
    CreateShipment: () => this.#do('booked', 'shipment', 'ShipmentWithdrawn'),
    CapturePayment: () => this.#do('captured', 'payment', 'PaymentVoided'),
    ConfirmOrder: () => this.#once('confirmed'),
    CancelShipment: () => {
      this.#closed.add('shipment');
      if (this.did('booked')) this.#once('unbooked');
    },
    VoidPayment: () => {
      this.#closed.add('payment');
      if (this.did('captured')) this.#once('refunded');
      else if (this.did('authorised')) this.#once('voided');
    },
    ReleaseInventory: () => {
      this.#closed.add('inventory');
      if (this.did('reserved')) this.#once('released');
    },
    CancelOrder: () => this.#once('cancelled'),
  };

  did(movement: Movement): boolean {
    return this.movements.includes(movement);
  }

  /** The compensations whose undoing is still missing: goods held, money held or taken, a parcel on its way. */
  outstanding(): string[] {
    return [
      ...(this.did('booked') && !this.did('unbooked') ? ['CancelShipment'] : []),
      ...(this.did('authorised') && !this.did('voided') && !this.did('refunded') ? ['VoidPayment'] : []),
      ...(this.did('reserved') && !this.did('released') ? ['ReleaseInventory'] : []),
    ];
  }

  #do(movement: Movement, where: 'inventory' | 'payment' | 'shipment', refusal: string): void {
    if (this.#closed.has(where)) throw new StepError(refusal);
    this.#once(movement);
  }

  #once(movement: Movement): void {
    if (!this.did(movement)) this.movements.push(movement);
  }
}

/** Picks one of `options`; every call of one exploration sees every option in turn. */
export type Choose = <Option>(options: readonly Option[]) => Option;

/** Runs `body` once for every combination of the choices it makes, depth first. Returns how many there were. */
export async function explore(body: (choose: Choose) => Promise<void>): Promise<number> {
  const taken: { index: number; of: number }[] = [];
  let runs = 0;
  do {
    let depth = 0;
    await body((options) => {
      const choice = (taken[depth] ??= { index: 0, of: options.length });
      depth += 1;
      return options[choice.index] as (typeof options)[number];
    });
    runs += 1;
    while (taken.length > 0 && isLast(taken[taken.length - 1])) taken.pop();
    const next = taken[taken.length - 1];
    if (next) next.index += 1;
  } while (taken.length > 0);
  return runs;
}

const isLast = (choice: { index: number; of: number } | undefined): boolean =>
  choice !== undefined && choice.index + 1 === choice.of;
