import { BroadcastChannel } from 'node:worker_threads';

/** Part of a function's source: `await held()` says that the invocation has come so far, and waits until the test lets it go. */
export const HELD = `
  import { BroadcastChannel } from 'node:worker_threads';
  const held = () => new Promise((resolve) => {
    const gate = new BroadcastChannel('gate');
    gate.onmessage = ({ data }) => {
      if (data !== 'go') return;
      gate.close();
      resolve();
    };
    gate.postMessage('held');
  });`;

/** Holds invocations in their workers, for as long as a test wants. */
export class Gate implements Disposable {
  readonly #channel = new BroadcastChannel('gate');
  #held = 0;
  #onHeld: (() => void) | undefined;

  constructor() {
    this.#channel.onmessage = ({ data }: { data: unknown }) => {
      if (data !== 'held') return;
      this.#held += 1;
      this.#onHeld?.();
    };
  }

  /** Resolves as soon as `count` invocations have come to the gate since it was made. */
  async untilHeld(count: number): Promise<void> {
    while (this.#held < count) {
      await new Promise<void>((resolve) => {
        this.#onHeld = resolve;
      });
    }
  }

  /** Lets go all that are held. */
  open(): void {
    this.#channel.postMessage('go');
  }

  [Symbol.dispose](): void {
    this.#channel.close();
  }
}
