/** What Lambda gives of an invocation's log at most. */
const TAIL_BYTES = 4_096;

/** The ends of the logs of invocations whose callers asked for them (`LogType: Tail`). */
export class LogTails {
  readonly #logs = new Map<string, string>();

  /** Does `work`, the invocation of this id. Resolves to its result, and to the last 4 KB of what it has logged, in base64. */
  async during<Result>(
    requestId: string,
    work: () => Promise<Result>,
  ): Promise<{ readonly result: Result; readonly tail: string }> {
    this.#logs.set(requestId, '');
    try {
      const result = await work();
      return { result, tail: Buffer.from(this.#logs.get(requestId)!).subarray(-TAIL_BYTES).toString('base64') };
    } finally {
      this.#logs.delete(requestId);
    }
  }

  add(text: string, requestId: string | undefined): void {
    if (requestId === undefined) return;
    const log = this.#logs.get(requestId);
    if (log !== undefined) this.#logs.set(requestId, log + text);
  }
}
