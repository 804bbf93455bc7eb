/** The progress of a rebuild on one line: rewritten in place on a terminal, now and then elsewhere. */

export interface Counted {
  readonly orders: number;
  readonly events: number;
}

interface Expectation {
  /** Items in the log, about; 0 when that is not known. */
  readonly eventsInAll: number;
  /** What an earlier run did: it counts for what remains, not for the rate. */
  readonly before: Counted;
}

const QUIET_MS = 5_000;
const number = (value: number): string => Math.round(value).toLocaleString('en');

export class ProgressLine {
  readonly #out: NodeJS.WriteStream;
  readonly #expectation: Expectation;
  readonly #started = performance.now();
  #said = 0;
  #open = false;

  constructor(out: NodeJS.WriteStream, expectation: Expectation) {
    this.#out = out;
    this.#expectation = expectation;
  }

  show(done: Counted): void {
    const { eventsInAll, before } = this.#expectation;
    const eventRate = (done.events - before.events) / this.#seconds();
    const left =
      eventsInAll > done.events && eventRate > 0
        ? ` · about ${number((eventsInAll - done.events) / eventRate)} s left`
        : '';
    this.say(
      `${number(done.orders)} orders · ${number(done.events)} events · ${number(this.#rate(done))} orders/s${left}`,
    );
  }

  say(text: string): void {
    if (this.#out.isTTY) {
      this.#out.write(`\r\u001b[2K${text}`);
      this.#open = true;
    } else if (performance.now() - this.#said > QUIET_MS) {
      this.#out.write(`${text}\n`);
      this.#said = performance.now();
    }
  }

  end(): void {
    if (this.#open) this.#out.write('\n');
    this.#open = false;
  }

  summary(done: Counted): string {
    const earlier =
      this.#expectation.before.orders > 0
        ? `, ${number(this.#expectation.before.orders)} of them in an earlier run`
        : '';
    return `${number(done.orders)} orders of ${number(done.events)} events${earlier}, in ${this.#seconds().toFixed(1)} s (${number(this.#rate(done))} orders/s).`;
  }

  #rate({ orders }: Counted): number {
    return (orders - this.#expectation.before.orders) / this.#seconds();
  }

  #seconds(): number {
    return Math.max(0.001, (performance.now() - this.#started) / 1_000);
  }
}
