/** Tasks that take turns, in every order that there is. */

/** Resolves when it is the task's turn to make its next call. */
export type Turn = () => Promise<void>;

export interface Play {
  readonly tasks: readonly ((turn: Turn) => Promise<void>)[];
  /** Looks at what the tasks have made of the world, with the order of their turns in mind. */
  readonly check: (turns: string) => Promise<void> | void;
}

/**
 * Plays tasks again and again, each time from the beginning and in another order of turns, until no order is left. Tasks must
 * wait for nothing but turns, and do the same thing whenever they see the same.
 * @param begin makes a new world with its tasks
 * @returns how many orders there are
 */
export async function everyInterleaving(begin: () => Promise<Play> | Play): Promise<number> {
  let plays = 0;
  for (let choices: readonly number[] | undefined = []; choices; plays += 1) {
    const { tasks, check } = await begin();
    const made = await play(tasks, choices);
    await check(made.map(({ task }) => task).join(''));
    choices = following(made);
  }
  return plays;
}

interface Choice {
  readonly task: number;
  readonly taken: number;
  readonly options: number;
}

/** Takes the given choices, and the first option wherever they leave one open. */
async function play(tasks: Play['tasks'], choices: readonly number[]): Promise<readonly Choice[]> {
  const waiting = new Map<number, () => void>();
  /** Resolves when the task waits again or has ended. */
  const steps = tasks.map((_, task) => ({ task, paused: () => {} }));
  const pause = (task: number) =>
    new Promise<void>((resolve) => {
      steps[task]!.paused = resolve;
    });
  const ends: Promise<void>[] = [];
  for (const [task, run] of tasks.entries()) {
    const paused = pause(task);
    const turn = () =>
      new Promise<void>((resolve) => {
        waiting.set(task, resolve);
        steps[task]!.paused();
      });
    ends.push(run(turn).finally(() => steps[task]!.paused()));
    await paused;
  }
  const made: Choice[] = [];
  while (waiting.size > 0) {
    const open = [...waiting.keys()].sort((left, right) => left - right);
    const taken = choices[made.length] ?? 0;
    const task = open[taken]!;
    made.push({ task, taken, options: open.length });
    const go = waiting.get(task)!;
    waiting.delete(task);
    const paused = pause(task);
    go();
    await paused;
  }
  await Promise.all(ends);
  return made;
}

/** The choices of the next play: another option at the last place that has one left. */
function following(made: readonly Choice[]): readonly number[] | undefined {
  const last = made.findLastIndex(({ taken, options }) => taken + 1 < options);
  return last === -1 ? undefined : [...made.slice(0, last).map(({ taken }) => taken), made[last]!.taken + 1];
}
