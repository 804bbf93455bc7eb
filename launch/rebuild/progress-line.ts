/** The progress of a rebuild: one line that changes in place on a terminal, and a line every few seconds elsewhere. */

export interface Counted {
  readonly orders: number;
  readonly events: number;
}

interface Expectation {
  /** About how many items the log has; 0 when unknown. */
  readonly totalEvents: number;
  /** What an earlier run did: it shortens the remaining time and does not count for the rate. */
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
    const { totalEvents, before } = this.#expectation;
    const eventRate = (done.events - before.events) / this.#seconds();
    const left =
      totalEvents > done.events && eventRate > 0
        ? ` · about ${number((totalEvents - done.events) / eventRate)} s left`
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
