type Work = (round: number) => Promise<unknown>;
type Results<Works extends readonly Work[]> = { [Index in keyof Works]: Awaited<ReturnType<Works[Index]>>[] };

export interface Turns {
  /** Rounds whose results are left out. @default 0 */
  readonly warmUp?: number;
  readonly measured: number;
  /** Called before each round with its number, from 0. */
  readonly onRound?: (round: number) => void;
}

/**
 * Runs each work once in every round, so that other load on the machine affects all of them. Resolves to the results of each,
 * in order.
 */
export async function takeTurns<Works extends readonly Work[]>(
  works: readonly [...Works],
  { warmUp = 0, measured, onRound = () => {} }: Turns,
): Promise<Results<Works>> {
  const results = works.map((): unknown[] => []);
  for (let round = 0; round < warmUp + measured; round += 1) {
    onRound(round);
    for (const [index, work] of works.entries()) {
      const result = await work(round);
      if (round >= warmUp) results[index]!.push(result);
    }
  }
  return results as Results<Works>;
}
