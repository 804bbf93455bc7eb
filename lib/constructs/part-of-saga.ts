/** The parts of a state machine in Amazon States Language that are needed to cut it. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
  readonly [field: string]: unknown;
}

interface State {
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next?: string }[];
  readonly Catch?: readonly { readonly Next: string }[];
  readonly [field: string]: unknown;
}

export interface Entry {
  /** The state to begin at. */
  readonly at: string;
  /** The variables that the state and those after it expect, as literals or JSONata on the input. */
  readonly assign: Readonly<Record<string, unknown>>;
}

/**
 * The part of a state machine that can be reached from one of its states, as a state machine of its own: the
 * compensations of a saga are written once, also for use long after the saga has ended.
 * See docs/decisions/0050-a-confirmed-order-is-cancelled-by-the-sagas-compensations.md.
 * @throws Error when the state is not there
 */
export function partOf({ States, ...machine }: Definition, { at, assign }: Entry): Definition {
  const kept = new Set<string>();
  const follow = (name: string): void => {
    const state = States[name];
    if (!state) throw new Error(`The state machine has no state ${name}.`);
    if (kept.has(name)) return;
    kept.add(name);
    const { Next, Default, Choices = [], Catch = [] } = state;
    for (const next of [
      Next,
      Default,
      ...Choices.map((choice) => choice.Next),
      ...Catch.map((catcher) => catcher.Next),
    ]) {
      if (next !== undefined) follow(next);
    }
  };
  follow(at);
  return {
    ...machine,
    StartAt: 'Begin',
    States: {
      Begin: { Type: 'Pass', Assign: assign, Next: at },
      ...Object.fromEntries(Object.entries(States).filter(([name]) => kept.has(name))),
    },
  };
}
