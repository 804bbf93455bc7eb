/** One life of the platform's processes: when it is killed, whatever they do stops where it stands. */
export class Life {
  #isOver = false;

  end(): void {
    this.#isOver = true;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Makes a call to what outlives the process. After the end, neither is the call made nor does its answer arrive. */
  async call<Answer>(make: () => Promise<Answer>): Promise<Answer> {
    if (this.#isOver) return never;
    try {
      const answer = await make();
      return this.#isOver ? await never : answer;
    } catch (error) {
      if (this.#isOver) return never;
      throw error;
    }
  }
}

const never = new Promise<never>(() => {});
