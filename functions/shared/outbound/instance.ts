/** One of a partner's servers. */
export interface Instance {
  readonly id: string;
  readonly host: string;
  readonly port: number;
  /** Whether it speaks https. */
  readonly secure: boolean;
  /** Such as its `weight`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly status: 'up' | 'down' | 'unknown';
  /** Milliseconds since the epoch. */
  readonly lastHeartbeat: number;
}

/** How one try of a call went, for strategies that prefer quick and healthy instances. */
export interface Feedback {
  readonly ok: boolean;
  readonly durationMs: number;
}

/** Shares the calls among a partner's instances. One function instance keeps one for each partner. */
export interface Balancing {
  /**
   * Where to send a call; undefined when no instance may get it, so that it goes to the partner's fallback address.
   * @param instances all that are registered
   * @param affinity calls with the same one go to the same instance where the strategy keeps them together, such as an order's id
   * @param tried the ids of those that an earlier try of the same call did not reach
   */
  choose(instances: readonly Instance[], affinity: string, tried: ReadonlySet<string>): Instance | undefined;
  /** Takes note of how the try went. Called once for each choice. */
  note(instance: Instance, feedback: Feedback): void;
}
