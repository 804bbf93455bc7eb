/** Editors and version control change several files at once. */
const GATHERED_MS = 50;

export interface Changes {
  /** Paths relative to the project, with slashes. */
  readonly files: readonly string[];
  /** When the first of them was saved, in milliseconds of `performance`. */
  readonly savedAt: number;
}

/** Gathers changed files and hands them over: what changes while they are worked on comes afterwards, all at once. */
export class ChangeQueue {
  readonly #take: (changes: Changes) => Promise<void>;
  readonly #files = new Set<string>();
  #savedAt = 0;
  #work: Promise<void> | undefined;

  /** @param take must not reject */
  constructor(take: (changes: Changes) => Promise<void>) {
    this.#take = take;
  }

  add(file: string): void {
    if (this.#files.size === 0) this.#savedAt = performance.now();
    this.#files.add(file);
    this.#work ??= this.#takeAll();
  }

  /** Resolves when nothing is being worked on. */
  async idle(): Promise<void> {
    await this.#work;
  }

  async #takeAll(): Promise<void> {
    while (this.#files.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, GATHERED_MS));
      const files = [...this.#files].sort();
      this.#files.clear();
      await this.#take({ files, savedAt: this.#savedAt });
    }
    this.#work = undefined;
  }
}
