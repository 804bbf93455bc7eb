import type { Clock } from '../contracts.ts';

/** Requests that are worked on at the same time, as far as this is decided here. */
const PLACES = 8;
/** A caller counts as present for this long after a request. */
const PRESENT_MS = 1_000;
/** A request that takes longer waits for something else than a processor, and needs no place for that. */
const HOLDS_PLACE_MS = 250;
/** How long a caller that was refused for sending too much (429) keeps its place, when there are others: a flood is refused more slowly than it comes. */
const REFUSED_REST_MS = 10;
const TOO_MANY_REQUESTS = 429;

interface Caller {
  underWay: number;
  seenAt: number;
  readonly waiting: (() => void)[];
}

/**
 * Gives each caller the same share of this machine. On AWS each request has a processor of its own, so that nobody notices how
 * much another caller sends; here all share a few. The callers of the last second share the places equally, each has one at
 * least, and further requests of a caller wait for one of its own, where they cost nothing.
 */
export class Turns {
  readonly #clock: Clock;
  readonly #callers = new Map<string, Caller>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Works on a request when it is the turn of its caller, first come first served. */
  async inTurn<Answer extends { readonly status: number }>(
    callerId: string,
    work: () => Promise<Answer>,
  ): Promise<Answer> {
    const caller = this.#seen(callerId);
    if (caller.underWay < this.#share()) caller.underWay += 1;
    else await new Promise<void>((resolve) => caller.waiting.push(resolve));
    let holdsPlace = true;
    const leave = (): void => {
      if (!holdsPlace) return;
      holdsPlace = false;
      caller.underWay -= 1;
      this.#letNextIn(caller);
    };
    const cancel = this.#clock.at(this.#clock.now() + HOLDS_PLACE_MS, leave);
    let rests = false;
    try {
      const answer = await work();
      rests = answer.status === TOO_MANY_REQUESTS && this.#callers.size > 1;
      return answer;
    } finally {
      cancel();
      if (rests) this.#clock.at(this.#clock.now() + REFUSED_REST_MS, leave);
      else leave();
    }
  }

  #letNextIn(caller: Caller): void {
    while (caller.waiting.length > 0 && caller.underWay < this.#share()) {
      caller.underWay += 1;
      caller.waiting.shift()!();
    }
  }

  #share(): number {
    return Math.max(1, Math.floor(PLACES / this.#callers.size));
  }

  /** The caller, as the last one of those that are present. */
  #seen(callerId: string): Caller {
    const now = this.#clock.now();
    const caller = this.#callers.get(callerId) ?? { underWay: 0, seenAt: now, waiting: [] };
    caller.seenAt = now;
    this.#callers.delete(callerId);
    this.#callers.set(callerId, caller);
    for (const [id, { underWay, seenAt, waiting }] of this.#callers) {
      if (seenAt > now - PRESENT_MS) break;
      if (underWay === 0 && waiting.length === 0) this.#callers.delete(id);
    }
    return caller;
  }
}
