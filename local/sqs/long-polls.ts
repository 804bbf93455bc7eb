import type { Clock } from '../contracts.ts';
import type { ReceivedMessage } from './queue.ts';

/** Receivers that wait for messages. */
export class LongPolls {
  readonly #clock: Clock;
  readonly #waiting = new Set<() => void>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Resolves to what there is as soon as there is something, or to nothing after `waitMs`.
   * @param onMessage calls its listener whenever messages may be there. Returns what ends the subscription
   */
  async receive(
    receive: () => ReceivedMessage[],
    waitMs: number,
    onMessage: (listener: () => void) => () => void,
  ): Promise<ReceivedMessage[]> {
    const found = receive();
    if (found.length > 0 || waitMs <= 0) return found;
    return new Promise((resolve) => {
      const finish = (messages: ReceivedMessage[]): void => {
        unsubscribe();
        cancelDeadline();
        this.#waiting.delete(giveUp);
        resolve(messages);
      };
      const giveUp = (): void => finish([]);
      const unsubscribe = onMessage(() => {
        const messages = receive();
        if (messages.length > 0) finish(messages);
      });
      const cancelDeadline = this.#clock.at(this.#clock.now() + waitMs, giveUp);
      this.#waiting.add(giveUp);
    });
  }

  /** Answers all of them with nothing. */
  close(): void {
    for (const giveUp of [...this.#waiting]) giveUp();
  }
}
