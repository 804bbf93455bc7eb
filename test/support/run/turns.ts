/** Lets so many pieces of work go on at a time; the others wait, the first to come the first to go on. */
export class Turns {
  readonly #atATime: number;
  readonly #waiting: (() => void)[] = [];
  #underWay = 0;

  constructor(atATime: number) {
    this.#atATime = atATime;
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#underWay >= this.#atATime) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#underWay += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      // The place of this one is the next one's.
      if (next) next();
      else this.#underWay -= 1;
    }
  }
}
